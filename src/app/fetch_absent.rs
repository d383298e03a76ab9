//! Stands in for [`fetch`](self) where byline is built without that feature.

/// A page as it came.
pub struct Fetched {
    /// Its bytes.
    pub bytes: Vec<u8>,
    /// Where it came from.
    pub url: String,
}

/// Says how to get at the page without that feature.
///
/// # Errors
/// Always.
pub fn fetch(_url: &str, _private: bool) -> Result<Fetched, String> {
    Err("this byline is built without `fetch`; curl -sL the address and pipe it in".into())
}
