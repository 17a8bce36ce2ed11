//! A request as it goes over the wire.

/// A request: method, target, header lines in their order, body.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Message {
    /// In upper case.
    pub method: String,
    /// Path with query.
    pub target: String,
    /// Names and values; a header may stand several times.
    pub headers: Vec<(String, String)>,
    /// The body.
    pub body: Vec<u8>,
}

impl Message {
    /// A request with its Host header alone.
    #[must_use]
    pub fn new(method: &str, host: &str, target: &str, body: Vec<u8>) -> Self {
        let headers = vec![("Host".to_owned(), host.to_owned())];
        Self { method: method.to_owned(), target: target.to_owned(), headers, body }
    }

    /// The values of a header, in their order.
    #[must_use]
    pub fn values(&self, name: &str) -> Vec<&str> {
        let same = |(given, _): &&(String, String)| given.eq_ignore_ascii_case(name);
        self.headers.iter().filter(same).map(|(_, value)| value.trim()).collect()
    }

    /// The value of a header that stands exactly once.
    #[must_use]
    pub fn value(&self, name: &str) -> Option<&str> {
        match self.values(name).as_slice() {
            [one] => Some(one),
            _ => None,
        }
    }

    /// Puts a header at the end.
    pub fn add(&mut self, name: &str, value: impl Into<String>) {
        self.headers.push((name.to_owned(), value.into()));
    }

    /// Takes a header away, wherever it stands.
    pub fn remove(&mut self, name: &str) {
        self.headers.retain(|(given, _)| !given.eq_ignore_ascii_case(name));
    }

    /// Changes the value of a header, wherever it stands.
    pub fn change(&mut self, name: &str, change: impl Fn(&str) -> String) {
        for (given, value) in &mut self.headers {
            if given.eq_ignore_ascii_case(name) {
                *value = change(value);
            }
        }
    }

    /// The bytes of the request in HTTP/1.1, after which the connection is to be closed. A length
    /// is added where no framing is given.
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut head = format!("{} {} HTTP/1.1\r\n", self.method, self.target);
        for (name, value) in &self.headers {
            head.push_str(&format!("{name}: {value}\r\n"));
        }
        let framed = ["content-length", "transfer-encoding"].iter().any(|name| !self.values(name).is_empty());
        if !framed && (self.method == "POST" || !self.body.is_empty()) {
            head.push_str(&format!("Content-Length: {}\r\n", self.body.len()));
        }
        head.push_str("Connection: close\r\n\r\n");
        let mut bytes = head.into_bytes();
        bytes.extend(&self.body);
        bytes
    }
}
