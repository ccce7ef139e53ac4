use proptest::prelude::*;

use super::*;

const SECRET: &str = "s3cret&: +/%\\Token";
/// `SK1:` and the secret as HTTP Basic writes it, with every letter of its own.
const ENCODED: &str = "U0sxOnMzY3JldCY6ICsvJVxUb2tlbg==";

fn concealer() -> Concealer {
    Concealer::new(SECRET, [ENCODED])
}

/// The ways in which a server can write a text.
fn spellings(text: &str) -> Vec<(&'static str, String)> {
    let each = |spell: &dyn Fn(u8) -> String| text.bytes().map(spell).collect::<String>();
    let fold = |by: &str| {
        let (first, second) = text.split_at(text.len() / 2);
        format!("{first}{by}{second}")
    };
    let json = serde_json::to_string(text).unwrap();
    let json = json.trim_matches('"').to_owned();
    vec![
        ("as it is", text.to_owned()),
        ("capitals", text.to_uppercase()),
        ("small letters", text.to_lowercase()),
        (
            "a form",
            form_urlencoded::byte_serialize(text.as_bytes()).collect(),
        ),
        ("percent signs", each(&|byte| format!("%{byte:02X}"))),
        ("twice", each(&|byte| format!("%25{byte:02x}"))),
        ("JSON", json.clone()),
        ("JSON with slashes", json.replace('/', r"\/")),
        (
            "JSON in JSON",
            json.replace('\\', r"\\").replace('/', r"\\/"),
        ),
        ("JSON in ASCII", each(&|byte| format!("\\u{byte:04x}"))),
        ("a program's bytes", each(&|byte| format!("\\x{byte:02x}"))),
        ("references", each(&|byte| format!("&#{byte};"))),
        (
            "hexadecimal references",
            each(&|byte| format!("&#x{byte:X};")),
        ),
        ("HTML", text.replace('&', "&amp;")),
        ("folded", fold("\r\n\t")),
        ("folded in JSON", fold("\\r\\n")),
        ("folded in a URL", fold("%0D%0A")),
        ("escape sequence", fold("\u{1b}")),
        ("nothing that is seen", fold("\u{200b}")),
        ("nothing that is seen, in JSON", fold("\\u200b")),
    ]
}

#[test]
fn every_spelling_is_found_wherever_it_is() {
    let url_safe = ENCODED.replace('+', "-").replace('/', "_");
    for needle in [SECRET, ENCODED, ENCODED.trim_end_matches('='), &url_safe] {
        for (name, spelled) in spellings(needle) {
            // Letters are what Base64 is made of: in another case it is another text, which is hidden all the same.
            for text in [
                spelled.clone(),
                format!("token {spelled} is wrong"),
                format!("{spelled}{spelled}"),
                format!("{{\"message\":\"bad\\n{spelled}\"}}"),
                format!("\u{20ac}{spelled}\u{20ac}"),
            ] {
                let shown = concealer()
                    .text(&text)
                    .unwrap_or_else(|| panic!("{name}: {text}"));
                let rest = shown.replace(SHOWN, "");
                assert!(
                    !rest.contains(spelled.get(..4).unwrap()),
                    "{name}: {text} {shown}"
                );
                assert_eq!(concealer().text(&shown), None, "{name}");
            }
        }
    }
}

/// What looks like an escape can be a part of the secret itself.
#[test]
fn a_secret_that_holds_escapes_is_found_in_every_spelling_of_it() {
    for secret in [
        "a%41b%42c%43d%44",
        "%2541%2542%2543",
        "&amp;&lt;&#65;&gt;",
        "\\u0041\\n\\\\x41abc",
    ] {
        for (name, spelled) in spellings(secret) {
            // Encoded twice, folded or in another case, an escape within the secret means something else.
            let once = [
                "as it is",
                "a form",
                "percent signs",
                "JSON",
                "references",
                "HTML",
            ];
            if !once.contains(&name) {
                continue;
            }
            let shown = Concealer::new(secret, []).text(&format!("token {spelled} is wrong"));
            assert_eq!(
                shown.as_deref(),
                Some("token [credentials] is wrong"),
                "{secret}, {name}: {spelled}"
            );
        }
    }
}

#[test]
fn what_is_cut_in_the_midst_of_a_secret_keeps_no_beginning_of_it() {
    for (name, spelled) in spellings(SECRET).into_iter().chain(spellings(ENCODED)) {
        let text = format!("token {spelled} is wrong");
        for end in 0..text.len() {
            let Some(cut) = text.get(..end) else { continue };
            let shown = concealer().text(cut).unwrap_or_else(|| cut.to_owned());
            let kept = concealer().needles.iter().any(|needle| {
                (0..shown.len()).any(|start| {
                    let agreement = needle.agreement(&shown.as_bytes()[start..]);
                    agreement.characters >= SHORTEST
                })
            });
            assert!(!kept, "{name}: {cut} {shown}");
        }
    }
}

#[test]
fn json_stays_json() {
    for (name, spelled) in spellings(SECRET) {
        for before in ["", "\\n", "\\\\", "\\u0041"] {
            let json = format!("{{\"message\":\"{before}{spelled}\"}}");
            if serde_json::from_str::<serde_json::Value>(&json).is_ok() {
                let shown = concealer().text(&json).unwrap();
                let read = serde_json::from_str::<serde_json::Value>(&shown);
                assert!(read.is_ok(), "{name}: {shown}");
            }
        }
    }
}

#[test]
fn headers_are_concealed_in_name_and_value_and_others_stay() {
    let token = "0123456789abcdef0123456789abcdef";
    let concealer = Concealer::new(token, [ENCODED]);
    let mut headers = HeaderMap::new();
    for value in [
        "plain",
        "a 0123456789ABCDEF0123456789abcdef b",
        &format!("Basic {ENCODED}"),
    ] {
        headers.append("x-echo", HeaderValue::from_str(value).unwrap());
    }
    headers.insert(
        HeaderName::from_bytes(token.as_bytes()).unwrap(),
        HeaderValue::from_static("1"),
    );
    headers.insert(
        "date",
        HeaderValue::from_static("Sat, 28 Nov 2026 13:45:07 GMT"),
    );
    concealer.headers(&mut headers);
    let values: Vec<_> = headers.get_all("x-echo").iter().collect();
    assert_eq!(
        values,
        ["plain", "a [credentials] b", "Basic [credentials]"]
    );
    assert_eq!(headers.keys_len(), 2);
    assert_eq!(headers["date"], "Sat, 28 Nov 2026 13:45:07 GMT");
}

#[test]
fn a_short_secret_of_a_test_does_not_take_words_out_of_texts() {
    let concealer = Concealer::new("token", [ENCODED]);
    assert_eq!(concealer.text("the token is wrong, token"), None);
    let text = format!("token {ENCODED}");
    assert_eq!(concealer.text(&text).unwrap(), "token [credentials]");
}

#[test]
fn causes_are_concealed_when_one_of_them_shows_a_secret() {
    #[derive(Debug)]
    struct Outer(std::io::Error);
    impl std::fmt::Display for Outer {
        fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
            f.write_str("outer")
        }
    }
    impl std::error::Error for Outer {
        fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
            Some(&self.0)
        }
    }
    let shown = concealer().causes(&Outer(std::io::Error::other(SECRET)));
    assert_eq!(shown.as_deref(), Some("outer: [credentials]"));
    assert_eq!(
        concealer().causes(&Outer(std::io::Error::other("plain"))),
        None
    );
}

#[test]
fn hostile_text_takes_no_longer_than_its_length_allows() {
    // Each byte begins a needle and is followed by what may be skipped.
    let text = "s \n".repeat(20_000);
    assert_eq!(concealer().text(&text), None);
}

#[test]
fn a_body_is_cut_only_beyond_what_an_error_keeps() {
    let concealer = Concealer::new("01234567", []);
    for (length, is_cut) in [
        (8, false),
        (ERROR_BYTES - 5, false),
        (ERROR_BYTES - 4, true),
    ] {
        let mut body = vec![b' '; length];
        body.splice(..8, *b"01234567");
        assert_eq!(concealer.body(&mut body), is_cut, "{length}");
        assert_eq!(body.len(), (length + 5).min(ERROR_BYTES));
    }
}

proptest! {
    #[test]
    fn an_error_document_is_read_to_its_end_whatever_of_a_secret_it_repeats(
        secret in "[0-9A-Za-z+/_-]{8,40}",
        repeated in any::<prop::sample::Index>(),
    ) {
        let (repeated, _) = secret.split_at(SHORTEST + repeated.index(secret.len() - 7));
        let document = serde_json::json!({"code": 20003, "message": repeated, "more_info": "m"});
        let mut body = document.to_string().into_bytes();
        prop_assert!(!Concealer::new(&secret, []).body(&mut body));
        let read: serde_json::Value = serde_json::from_slice(&body).unwrap();
        prop_assert_eq!(&read["code"], 20003);
        prop_assert_eq!(&read["message"], SHOWN);
    }

    #[test]
    fn text_without_credentials_stays_as_it_is(text in "[ -~\\n\u{e9}]{0,80}") {
        let concealer = Concealer::new("0123456789abcdef0123456789abcdef", [ENCODED]);
        prop_assert_eq!(concealer.text(&text), None);
    }

    #[test]
    fn any_secret_is_found_in_any_bytes(
        secret in "[!-~]{8,40}",
        before in prop::collection::vec(any::<u8>(), 0..40),
        after in prop::collection::vec(any::<u8>(), 0..40),
    ) {
        let concealer = Concealer::new(&secret, []);
        let mut body = [before.as_slice(), secret.as_bytes(), after.as_slice()].concat();
        concealer.body(&mut body);
        let found = body.windows(secret.len()).any(|window| window == secret.as_bytes());
        prop_assert!(!found);
    }
}
