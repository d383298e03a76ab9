//! A page from its address, for `byline https://...` (feature `fetch`). The server is not trusted: it gets a bounded time, a bounded number of
//! bytes and redirects, and cannot send byline to an address of the user's own network.

use std::io;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use std::time::Duration;
use ureq::config::Config;
use ureq::http::Uri;
use ureq::unversioned::resolver::{DefaultResolver, ResolvedSocketAddrs, Resolver};
use ureq::unversioned::transport::{DefaultConnector, NextTimeout};
use ureq::{Agent, Error, ResponseExt};

/// What a server may cost.
#[derive(Debug, Clone, Copy)]
struct Limits {
    /// Bytes of a page.
    bytes: u64,
    /// From the look-up of the name to the last byte.
    time: Duration,
    redirects: u32,
}

const LIMITS: Limits = Limits { bytes: 32 << 20, time: Duration::from_secs(30), redirects: 5 };

/// A page as it came.
#[derive(Debug)]
pub struct Fetched {
    /// Its bytes; a server may have packed them.
    pub bytes: Vec<u8>,
    /// Where it came from in the end.
    pub url: String,
}

/// Fetches the page at `url`. Addresses of private networks are refused, also behind a redirect or a name, unless `private` allows them. It
/// asks for the one page and nothing else, and heeds no proxy.
///
/// # Errors
/// One sentence for people: no such host, a refused address, a status other than success, a limit that was reached, a page cut short.
pub fn fetch(url: &str, private: bool) -> Result<Fetched, String> {
    within(url, private, LIMITS)
}

fn within(url: &str, private: bool, limits: Limits) -> Result<Fetched, String> {
    let config = Agent::config_builder()
        .timeout_global(Some(limits.time))
        .max_redirects(limits.redirects)
        .max_redirects_will_error(true)
        .max_response_header_size(64 << 10)
        .user_agent(concat!("byline/", env!("CARGO_PKG_VERSION")))
        // A proxy would look names up itself, out of sight of the gate.
        .proxy(None)
        .build();
    let agent = Agent::with_parts(config, DefaultConnector::default(), PublicOnly { private, inner: DefaultResolver::default() });
    let why = |error| reason(error, limits);
    let mut response = agent.get(url).header("accept", "text/html, */*;q=0.5").call().map_err(why)?;
    let url = response.get_uri().to_string();
    let bytes = response.body_mut().with_config().limit(limits.bytes).read_to_vec().map_err(why)?;
    Ok(Fetched { bytes, url })
}

fn reason(error: Error, limits: Limits) -> String {
    match error {
        Error::StatusCode(status) => format!("the server answers with status {status}"),
        Error::HostNotFound => "there is no such host".into(),
        Error::Timeout(_) => format!("the server took longer than {:?}", limits.time),
        Error::BodyExceedsLimit(_) => format!("the page is larger than {} bytes", limits.bytes),
        Error::TooManyRedirects => format!("more than {} redirects", limits.redirects),
        Error::Io(error) if error.kind() == io::ErrorKind::PermissionDenied => error.to_string(),
        Error::Io(error) if error.kind() == io::ErrorKind::UnexpectedEof => "the page was cut short".into(),
        error => format!("cannot be fetched: {error}"),
    }
}

/// Looks names up, and refuses addresses of the user's own machine and network. Every connection passes through here, also after a redirect,
/// and connects to exactly the address that was checked.
#[derive(Debug)]
struct PublicOnly {
    private: bool,
    inner: DefaultResolver,
}

impl Resolver for PublicOnly {
    fn resolve(&self, uri: &Uri, config: &Config, timeout: NextTimeout) -> Result<ResolvedSocketAddrs, Error> {
        let found = self.inner.resolve(uri, config, timeout)?;
        match found.iter().find(|address| !self.private && !is_public(address.ip())) {
            Some(address) => {
                let what = format!("{} is an address of a private network; --allow-private fetches from there", address.ip());
                Err(Error::Io(io::Error::new(io::ErrorKind::PermissionDenied, what)))
            }
            None => Ok(found),
        }
    }
}

/// Whether an address belongs to the public internet (IANA's special-purpose registries, RFC 6890).
fn is_public(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(v4) => is_public_v4(v4),
        IpAddr::V6(v6) => is_public_v6(v6),
    }
}

fn is_public_v4(v4: Ipv4Addr) -> bool {
    let [a, b, c, _] = v4.octets();
    let special = matches!((a, b, c), (0 | 10 | 127 | 240..=255, ..) | (100, 64..=127, _) | (192, 0, 0) | (198, 18..=19, _));
    !(special || v4.is_private() || v4.is_link_local() || v4.is_multicast() || v4.is_documentation())
}

/// Only global unicast (`2000::/3`) is public; an address that contains an IPv4 address is judged by that one.
fn is_public_v6(v6: Ipv6Addr) -> bool {
    let v4 = |high: u16, low: u16| is_public_v4(Ipv4Addr::from((u32::from(high) << 16) | u32::from(low)));
    match v6.segments() {
        [0, 0, 0, 0, 0, 0xffff, high, low] | [0x64, 0xff9b, .., high, low] | [0x2002, high, low, ..] => v4(high, low),
        [0x2001, 0..=0x1ff | 0xdb8, ..] => false,
        [first, ..] => first & 0xe000 == 0x2000,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::{Read, Write};
    use std::net::{TcpListener, TcpStream};
    use std::thread;

    const TIGHT: Limits = Limits { bytes: 10_000, time: Duration::from_millis(1500), redirects: 3 };

    /// A server on loopback that answers every request with `answer`; returns its address.
    fn serve(answer: impl Fn(&str, &mut TcpStream) + Send + 'static) -> String {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        thread::spawn(move || {
            for stream in listener.incoming().take(8) {
                let Ok(mut stream) = stream else { return };
                let mut request = [0; 4096];
                let read = stream.read(&mut request).unwrap_or(0);
                let head = String::from_utf8_lossy(&request[..read]).into_owned();
                answer(&head, &mut stream);
            }
        });
        format!("http://{address}/")
    }

    #[track_caller]
    fn refused(url: &str, part: &str) {
        let error = within(url, true, TIGHT).unwrap_err();
        assert!(error.contains(part), "{error}");
    }

    #[test]
    fn a_page_comes_whole_and_says_where_from() {
        let url = serve(|head, out| {
            let page = if head.starts_with("GET /a ") {
                "HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\n<p>Hi</p>\n"
            } else {
                "HTTP/1.1 302 Found\r\nlocation: /a\r\ncontent-length: 0\r\n\r\n"
            };
            let _ = out.write_all(page.as_bytes());
        });
        let page = within(&url, true, TIGHT).unwrap();
        assert_eq!((page.bytes.as_slice(), page.url), (b"<p>Hi</p>\n".as_slice(), format!("{url}a")));
    }

    #[test]
    fn hostile_servers_cost_a_bounded_price() {
        let endless = serve(|_, out| {
            let _ = out.write_all(b"HTTP/1.1 200 OK\r\n\r\n");
            while out.write_all(&[b'x'; 4096]).is_ok() {}
        });
        refused(&endless, "larger than 10000 bytes");
        let headers = serve(|_, out| {
            let _ = out.write_all(b"HTTP/1.1 200 OK\r\n");
            while out.write_all(b"x-more: and more and more and more\r\n").is_ok() {}
        });
        refused(&headers, "cannot be fetched");
        // Held open, and never answered.
        let held = std::sync::Mutex::new(Vec::new());
        let silent = serve(move |_, out| held.lock().unwrap().push(out.try_clone().unwrap()));
        refused(&silent, "took longer");
        let round = serve(|_, out| {
            let _ = out.write_all(b"HTTP/1.1 302 Found\r\nlocation: /again\r\ncontent-length: 0\r\nconnection: close\r\n\r\n");
        });
        refused(&round, "more than 3 redirects");
        let short = serve(|_, out| {
            let _ = out.write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 500\r\n\r\n<p>cut");
        });
        refused(&short, "cut short");
        let gone = serve(|_, out| {
            let _ = out.write_all(b"HTTP/1.1 404 Not Found\r\ncontent-length: 0\r\n\r\n");
        });
        refused(&gone, "status 404");
        let file = serve(|_, out| {
            let _ = out.write_all(b"HTTP/1.1 302 Found\r\nlocation: file:///etc/passwd\r\ncontent-length: 0\r\n\r\n");
        });
        assert!(within(&file, true, TIGHT).is_err());
    }

    #[test]
    fn private_addresses_are_refused_unless_asked_for() {
        let url = serve(|_, out| {
            let _ = out.write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 1\r\n\r\nx");
        });
        assert!(within(&url, false, TIGHT).unwrap_err().contains("private network"));
        for private in [
            "127.0.0.1",
            "10.1.2.3",
            "172.16.0.1",
            "192.168.1.1",
            "169.254.169.254",
            "100.64.0.1",
            "0.0.0.0",
            "224.0.0.1",
            "::1",
            "::",
            "fe80::1",
            "fd00::1",
            "::ffff:127.0.0.1",
            "64:ff9b::a00:1",
            "2002:7f00:1::",
            "2001:db8::1",
            "ff02::1",
        ] {
            assert!(!is_public(private.parse().unwrap()), "{private}");
        }
        for public in ["93.184.216.34", "1.1.1.1", "172.32.0.1", "2606:4700::1111", "::ffff:1.1.1.1", "2a00:1450::1"] {
            assert!(is_public(public.parse().unwrap()), "{public}");
        }
    }
}
