use proptest::prelude::*;

use super::*;

fn settings(edge: Option<&str>, region: Option<&str>) -> HostSettings {
    HostSettings {
        edge: edge.map(str::to_owned),
        region: region.map(str::to_owned),
        base_urls: Vec::new(),
    }
}

fn given(url: &str) -> Result<Hosts, Error> {
    Hosts::new(&HostSettings {
        base_urls: vec![(Host::Api, url.to_owned())],
        ..HostSettings::default()
    })
}

fn text(hosts: &Hosts, host: Host) -> &str {
    hosts.base(host).unwrap().text()
}

#[test]
fn without_settings_the_documents_hosts_are_used() {
    let hosts = Hosts::new(&HostSettings::default()).unwrap();
    for host in Host::ALL {
        assert_eq!(text(&hosts, *host), host.url());
    }
}

#[test]
fn edge_and_region_apply_to_every_host() {
    let hosts = Hosts::new(&settings(Some("sydney"), Some("au1"))).unwrap();
    assert_eq!(
        text(&hosts, Host::Marketplace),
        "https://marketplace.sydney.au1.twilio.com"
    );
    assert_eq!(text(&hosts, Host::Api), "https://api.sydney.au1.twilio.com");
}

#[test]
fn the_marketplace_is_absent_in_the_regions_that_do_not_offer_it_and_the_other_host_is_not() {
    for (region, absent) in [("au1", true), ("ie1", true), ("us1", false), ("us2", false)] {
        let mut settings = settings(Some("dublin"), Some(region));
        let hosts = Hosts::new(&settings).unwrap();
        let absence = hosts.base(Host::Marketplace).unwrap().absence();
        assert_eq!(absence.is_some(), absent, "{region}");
        assert!(absence.is_none_or(|text| text.contains(region) && text.contains("base_url")));
        assert_eq!(hosts.base(Host::Api).unwrap().absence(), None, "{region}");
        let given = (Host::Marketplace, "https://proxy.example".to_owned());
        settings.base_urls.push(given);
        let hosts = Hosts::new(&settings).unwrap();
        assert_eq!(
            hosts.base(Host::Marketplace).unwrap().absence(),
            None,
            "{region}"
        );
    }
}

#[test]
fn an_edge_alone_leads_to_the_default_region() {
    let hosts = Hosts::new(&settings(Some("ashburn"), None)).unwrap();
    assert_eq!(
        text(&hosts, Host::Api),
        "https://api.ashburn.us1.twilio.com"
    );
}

#[test]
fn a_region_alone_is_an_error_that_asks_for_an_edge() {
    let error = Hosts::new(&settings(None, Some("au1")))
        .unwrap_err()
        .to_string();
    assert!(
        error.contains("region") && error.contains("edge"),
        "{error}"
    );
}

#[test]
fn a_region_says_nothing_where_every_host_is_given() {
    let mut settings = settings(None, Some("au1"));
    for host in Host::ALL {
        settings
            .base_urls
            .push((*host, "https://mock.example".to_owned()));
    }
    assert!(Hosts::new(&settings).is_ok());
    settings.base_urls.truncate(1);
    assert!(Hosts::new(&settings).is_err());
}

#[test]
fn a_region_cannot_name_another_domain() {
    for region in [
        "",
        "au1.evil.example/",
        "evil.example",
        "a@b",
        "-a",
        "a-",
        "AU1",
        "a b",
        "ä",
    ] {
        assert!(
            Hosts::new(&settings(Some("sydney"), Some(region))).is_err(),
            "{region:?}"
        );
        assert!(
            Hosts::new(&settings(Some(region), Some("au1"))).is_err(),
            "{region:?}"
        );
    }
}

#[test]
fn a_given_base_url_wins_over_the_region() {
    let hosts = Hosts::new(&HostSettings {
        base_urls: vec![(Host::Api, "https://mock.example/api/".to_owned())],
        ..settings(Some("sydney"), Some("au1"))
    })
    .unwrap();
    assert_eq!(text(&hosts, Host::Api), "https://mock.example/api");
    let url = Url::parse("https://mock.example/api/v1/x").unwrap();
    assert_eq!(hosts.base(Host::Api).unwrap().path_of(&url), Some("/v1/x"));
    assert_eq!(
        text(&hosts, Host::Marketplace),
        "https://marketplace.sydney.au1.twilio.com"
    );
}

#[test]
fn plain_http_is_for_loopback_alone() {
    for url in [
        "http://127.0.0.1:8080",
        "http://localhost:1",
        "http://[::1]:2/x",
        "http://127.9.9.9",
    ] {
        assert!(given(url).unwrap().any_plain(), "{url}");
    }
    for url in [
        "http://api.twilio.com",
        "http://localhost.evil.example",
        "http://127.0.0.1.evil.example",
        "http://10.0.0.1",
        "ftp://localhost",
        "localhost:80",
        "//localhost",
        "",
        "https://user:pass@api.twilio.com",
        "https://api.twilio.com?x=1",
        "https://api.twilio.com#x",
        "https://api.twilio.com:0",
        "http://127.0.0.1:0",
        " https://api.twilio.com",
        "https://api.twilio.com\n",
        "https://api.twi\nlio.com",
        "https://api.twilio.com/a b",
        "https://api.twilio.com\u{a0}",
        "\"https://api.twilio.com\"",
    ] {
        assert!(given(url).is_err(), "{url}");
    }
    assert!(!given("https://mock.example").unwrap().any_plain());
}

#[test]
fn a_refused_base_url_is_not_shown() {
    let error = given("https://user:hunter2@mock.example").unwrap_err();
    assert!(!format!("{error} {error:?}").contains("hunter2"), "{error}");
}

#[test]
fn only_the_same_scheme_host_and_port_are_own() {
    let hosts = Hosts::new(&HostSettings::default()).unwrap();
    let own = |url: &str| hosts.own(&Url::parse(url).unwrap());
    assert!(own("https://api.twilio.com/x"));
    assert!(own("https://api.twilio.com:443/x"));
    assert!(!own("http://api.twilio.com/x"));
    assert!(!own("https://api.twilio.com:444/x"));
    assert!(!own("https://api.twilio.com.evil.example/x"));
    assert!(!own("https://evil.example/@api.twilio.com"));
}

proptest! {
    #[test]
    fn a_label_stays_inside_the_domain(edge in "[a-z0-9-]{0,70}", region in "\\PC{0,10}") {
        if let Ok(hosts) = Hosts::new(&settings(Some(&edge), Some(&region))) {
            for host in Host::ALL {
                let url = Url::parse(text(&hosts, *host)).unwrap();
                prop_assert!(url.host_str().unwrap().ends_with(".twilio.com"));
                prop_assert_eq!(url.scheme(), "https");
            }
        }
    }
}
