//! `byline http://...` against a server on loopback (feature `fetch`).

use std::io::{Read, Write};
use std::net::TcpListener;
use std::process::Command;

#[test]
fn a_page_is_fetched_when_the_address_is_allowed() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}/levy", listener.local_addr().unwrap());
    std::thread::spawn(move || {
        for mut stream in listener.incoming().flatten() {
            let _ = stream.read(&mut [0; 4096]);
            let page = "<html><head><title>Levy dropped</title></head><body><p>The harbour board has dropped its plan for a levy on freight, its chair said on Wednesday.</p><p>It will meet again in June, and the old tariff stays in force until then.</p></body></html>";
            let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
            packed.write_all(page.as_bytes()).unwrap();
            let packed = packed.finish().unwrap();
            let _ = write!(
                stream,
                "HTTP/1.1 200 OK\r\ncontent-type: text/html\r\ncontent-encoding: gzip\r\ncontent-length: {}\r\n\r\n",
                packed.len()
            );
            let _ = stream.write_all(&packed);
        }
    });
    let run = |arguments: &[&str]| Command::new(env!("CARGO_BIN_EXE_byline")).args(arguments).output().unwrap();
    let out = run(&["--format", "text", "--allow-private", &url]);
    let text = String::from_utf8(out.stdout).unwrap();
    assert!(out.status.success() && text.contains("The harbour board has dropped its plan"), "{text}");
    let out = run(&["--format", "text", &url]);
    assert_eq!(out.status.code(), Some(1));
    assert!(String::from_utf8(out.stderr).unwrap().contains("private network"));
}
