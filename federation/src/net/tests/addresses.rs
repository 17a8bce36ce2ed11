//! The address matrix: what must not be dialled, by literal, by name, by redirect and by rebinding.

use super::*;

/// Hosts that are refused as they stand in a URL.
const REFUSED_HOSTS: &[&str] = &[
    "127.1",
    "0177.0.0.1",
    "0x7f.1",
    "2130706433",
    "127.0.0.1",
    "127.0.0.1.",
    "127.255.255.254",
    "0.0.0.0",
    "0.1.2.3",
    "0",
    "10.0.0.1",
    "10.255.255.255",
    "100.64.0.1",
    "100.127.255.255",
    "169.254.169.254",
    "172.16.0.1",
    "172.31.255.255",
    "192.0.0.1",
    "192.0.2.1",
    "192.88.99.1",
    "192.168.0.1",
    "198.18.0.1",
    "198.19.255.255",
    "198.51.100.1",
    "203.0.113.1",
    "224.0.0.1",
    "239.255.255.255",
    "240.0.0.1",
    "255.255.255.255",
    "１２７.0.0.1",
    "[::]",
    "[::1]",
    "[::ffff:127.0.0.1]",
    "[::ffff:8.8.8.8]",
    "[::7f00:1]",
    "[::8.8.8.8]",
    "[64:ff9b::7f00:1]",
    "[64:ff9b::808:808]",
    "[64:ff9b:1::1]",
    "[100::1]",
    "[2001::1]",
    "[2001:0:7f00:1::]",
    "[2001:2::1]",
    "[2001:10::1]",
    "[2001:20::1]",
    "[2001:db8::1]",
    "[2002:7f00:1::]",
    "[2002:808:808::1]",
    "[3fff::1]",
    "[5f00::1]",
    "[fc00::1]",
    "[fd12::1]",
    "[fe80::1]",
    "[fec0::1]",
    "[ff02::1]",
    "localhost",
    "localhost.",
    "LOCALHOST",
    "a.localhost",
    "a.localhost.",
    "localhost.localdomain",
    "printer.local",
    "db.internal",
    "db.internal.",
    "router.home.arpa",
];

/// Addresses just outside the refused networks.
const ALLOWED_HOSTS: &[&str] = &[
    "1.1.1.1",
    "9.255.255.255",
    "11.0.0.1",
    "100.63.255.255",
    "100.128.0.1",
    "126.255.255.255",
    "128.0.0.1",
    "169.253.0.1",
    "169.255.0.1",
    "172.15.0.1",
    "172.32.0.1",
    "191.255.255.255",
    "192.0.1.1",
    "192.0.3.1",
    "192.88.98.1",
    "192.167.0.1",
    "192.169.0.1",
    "198.17.0.1",
    "198.20.0.1",
    "198.51.99.1",
    "203.0.112.1",
    "223.255.255.255",
    "[2000::1]",
    "[2001:200::1]",
    "[2001:db7::1]",
    "[2001:db9::1]",
    "[2003::1]",
    "[2606:4700::1111]",
    "[2a01:e0a::1]",
    "[3ffe::1]",
    "[3fff:1000::1]",
    "example.org",
    "local.example",
    "localhost.example",
    "mylocal",
    "xlocalhost",
    "internal.example",
];

fn checked(host: &str) -> Result<(), NetError> {
    let url = Url::parse(&format!("https://{host}/")).unwrap();
    NetPolicy::default().check_url(&url)
}

#[test]
fn refuses_every_host_that_is_not_global() {
    for host in REFUSED_HOSTS {
        let refusal = checked(host).unwrap_err();
        assert!(matches!(refusal.code(), "refused-address" | "refused-name"), "{host}: {refusal}");
        let url = Url::parse(&format!("http://{host}:8080/")).unwrap();
        let open = NetPolicy { allow_private_networks: true };
        assert_eq!(open.check_url(&url), Ok(()), "{host} on a test network");
    }
    for host in ALLOWED_HOSTS {
        assert_eq!(checked(host), Ok(()), "{host}");
    }
}

#[test]
fn refuses_schemes_ports_and_credentials() {
    let cases = [
        ("http://example.org/", "refused-scheme"),
        ("file:///etc/passwd", "refused-scheme"),
        ("data:text/plain,x", "refused-scheme"),
        ("gopher://example.org/", "refused-scheme"),
        ("https://example.org:8443/", "refused-url"),
        ("https://example.org:80/", "refused-url"),
        ("https://user@example.org/", "refused-url"),
        ("https://:secret@example.org/", "refused-url"),
    ];
    for (url, code) in cases {
        let url = Url::parse(url).unwrap();
        assert_eq!(NetPolicy::default().check_url(&url).unwrap_err().code(), code, "{url}");
    }
    let explicit = Url::parse("https://example.org:443/").unwrap();
    assert_eq!(NetPolicy::default().check_url(&explicit), Ok(()));
    let open = NetPolicy { allow_private_networks: true };
    for url in ["file:///etc/passwd", "data:text/plain,x", "http://user@localhost/"] {
        assert!(open.check_url(&Url::parse(url).unwrap()).is_err(), "{url}");
    }
}

/// The codes of a GET, a POST and a request by the library's form of the client.
async fn all_doors(client: &Client, url: &Url) -> [String; 3] {
    let code = |result: Result<Response, NetError>| match result {
        Ok(response) => response.status.to_string(),
        Err(error) => error.code().to_owned(),
    };
    let library = match client.for_library().get(url.clone()).send().await {
        Ok(response) => response.status().as_u16().to_string(),
        Err(reqwest_middleware::Error::Middleware(error)) => {
            error.downcast_ref::<NetError>().unwrap().code().to_owned()
        }
        Err(reqwest_middleware::Error::Reqwest(error)) => NetError::from(error).code().to_owned(),
    };
    [code(client.get(url, &[]).await), code(client.post(url, &[], "x".into()).await), library]
}

#[tokio::test]
async fn a_listener_on_loopback_sees_no_connection() {
    let server = Server::start(|_| answer("200 OK", &[], b"secret")).await;
    let port = server.address.port();
    let names = Names::default()
        .with("evil.example", &[&["127.0.0.1"]])
        .with("evil6.example", &[&["::ffff:127.0.0.1"]])
        .with("mixed.example", &[&["93.184.215.14", "127.0.0.1"]])
        .with("mixed2.example", &[&["127.0.0.1", "93.184.215.14"]]);
    let client = filtering(names);
    for host in ["evil.example", "evil6.example", "mixed.example", "mixed2.example", "127.0.0.1", "127.1"] {
        let url = Url::parse(&format!("http://{host}:{port}/")).unwrap();
        assert_eq!(all_doors(&client, &url).await, ["refused-address"; 3], "{host}");
    }
    for host in ["localhost", "a.localhost", "localhost."] {
        let url = Url::parse(&format!("http://{host}:{port}/")).unwrap();
        assert_eq!(all_doors(&client, &url).await, ["refused-name"; 3], "{host}");
    }
    assert_eq!(server.connections(), 0);
}

#[tokio::test]
async fn the_node_as_configured_refuses_loopback_and_the_setting_opens_it() {
    let server = Server::start(|_| answer("200 OK", &[], b"")).await;
    let closed = Client::new(NetPolicy::default(), limits(), &node()).unwrap();
    for host in ["localhost", "127.0.0.1"] {
        let url = Url::parse(&format!("https://{host}/")).unwrap();
        assert!(closed.get(&url, &[]).await.unwrap_err().code().starts_with("refused-"), "{host}");
    }
    assert_eq!(all_doors(&closed, &server.url("/")).await, ["refused-scheme"; 3]);
    assert_eq!(server.connections(), 0);
    assert_eq!(all_doors(&open(), &server.url("/")).await, ["200"; 3]);
    let literal = Url::parse(&format!("http://{}/", server.address)).unwrap();
    assert_eq!(all_doors(&open(), &literal).await, ["200"; 3]);
    assert_eq!(server.connections(), 6);
}

#[tokio::test]
async fn a_name_that_changes_its_answer_is_judged_by_the_one_dialled() {
    let public = Server::start(|_| answer("200 OK", &[], b"public")).await;
    let port = public.address.port();
    let private = TcpListener::bind(("127.0.0.2", port)).await.unwrap();
    let names = Names::default().with("rebind.example", &[&["127.0.0.1"], &["127.0.0.2"]]);
    let client = pretending(names);
    let url = Url::parse(&format!("http://rebind.example:{port}/")).unwrap();
    assert_eq!(client.get(&url, &[]).await.unwrap().body, "public");
    assert_eq!(client.get(&url, &[]).await.unwrap_err().code(), "refused-address");
    let connection = tokio::time::timeout(Duration::from_millis(100), private.accept()).await;
    assert!(connection.is_err(), "the private address was dialled");
}

#[tokio::test]
async fn names_without_an_address_have_their_own_code() {
    let client = filtering(Names::default().with("empty.example", &[&[]]));
    for host in ["unknown.example", "empty.example"] {
        let url = Url::parse(&format!("http://{host}/")).unwrap();
        assert_eq!(all_doors(&client, &url).await, ["dns"; 3], "{host}");
    }
}
