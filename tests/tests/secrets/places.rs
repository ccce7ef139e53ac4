//! Where a server can put a text of its own.

use tests::Reply;
use tests::faults::{Act, End, bytes};

use crate::support::XB;

/// Where the server puts it, and what becomes of it.
pub(crate) struct Place {
    pub(crate) name: &'static str,
    /// What the server does, with that text in it.
    pub(crate) act: fn(&str) -> Act,
    /// The text must be one that a header can hold.
    pub(crate) header: bool,
    /// The text must be part of a JSON document.
    pub(crate) json: bool,
}

/// The texts that a place is tried with are put between these words, which have to stay where an error shows the place.
fn around(text: &str) -> String {
    format!("before {text} after")
}

fn status(status: u16) -> Reply {
    Reply::json(status, r#"{"code": 20001, "message": "m"}"#)
}

fn document(status: u16, property: &str, text: &str) -> Act {
    Act::reply(&Reply::json(
        status,
        format!("{{\"code\": 20001, \"{property}\": \"{}\"}}", around(text)),
    ))
}

pub(crate) const PLACES: &[Place] = &[
    Place {
        name: "message",
        act: |text| document(400, "message", text),
        header: false,
        json: true,
    },
    Place {
        name: "more_info",
        act: |text| document(400, "more_info", text),
        header: false,
        json: true,
    },
    Place {
        name: "detail",
        act: |text| document(500, "detail", text),
        header: false,
        json: true,
    },
    Place {
        name: "title",
        act: |text| document(500, "title", text),
        header: false,
        json: true,
    },
    Place {
        name: "type",
        act: |text| document(403, "type", text),
        header: false,
        json: true,
    },
    Place {
        name: "details",
        act: |text| {
            Act::reply(&Reply::json(
                400,
                format!("{{\"details\": {{\"a\": [\"{text}\"], \"{text}\": 1}}}}"),
            ))
        },
        header: false,
        json: true,
    },
    Place {
        name: "params",
        act: |text| {
            Act::reply(&Reply::json(
                400,
                format!("{{\"params\": {{\"a\": [\"{text}\"], \"{text}\": 1}}}}"),
            ))
        },
        header: false,
        json: true,
    },
    Place {
        name: "HTML",
        act: |text| Act::reply(&Reply::status(502).body(format!("<p>{text}</p>"))),
        header: false,
        json: false,
    },
    Place {
        name: "a body that breaks off",
        act: |text| {
            let whole = bytes(&Reply::json(200, format!("{{\"sid\": \"{text}\"}}   ")));
            let length = whole.len() - 2;
            Act::send(whole).cut(length).then(End::Close)
        },
        header: false,
        json: false,
    },
    Place {
        name: "a body that is too long",
        act: |text| {
            Act::reply(&Reply::json(
                200,
                format!("{{\"sid\": \"{text}\"}}{}", " ".repeat(200 << 10)),
            ))
        },
        header: false,
        json: false,
    },
    Place {
        name: "a value that is not decoded",
        act: |text| Act::reply(&Reply::json(200, format!("{{\"sid\": \"{text}\"}}"))),
        header: false,
        json: true,
    },
    Place {
        name: "a property that is not decoded",
        act: |text| Act::reply(&Reply::json(200, format!("{{\"{text}\": 1}}"))),
        header: false,
        json: true,
    },
    Place {
        name: "a link that is passed over",
        act: |text| {
            let sid = XB.as_str();
            Act::reply(&Reply::json(
                200,
                format!("{{\"sid\": \"{sid}\", \"links\": {{\"{text}\": 1}}}}"),
            ))
        },
        header: false,
        json: true,
    },
    Place {
        name: "request id of an error",
        act: |text| Act::reply(&status(404).header("twilio-request-id", around(text))),
        header: true,
        json: false,
    },
    Place {
        name: "request id of a value",
        act: |text| Act::reply(&Reply::json(200, "{}").header("twilio-request-id", around(text))),
        header: true,
        json: false,
    },
    Place {
        name: "content type",
        act: |text| {
            Act::reply(
                &Reply::status(200)
                    .header("content-type", around(text))
                    .body("<html>"),
            )
        },
        header: true,
        json: false,
    },
    Place {
        name: "any header of an error",
        act: |text| {
            Act::reply(
                &status(401)
                    .header("www-authenticate", text)
                    .header("x-echo", text),
            )
        },
        header: true,
        json: false,
    },
    Place {
        name: "any header of a value",
        act: |text| {
            Act::reply(
                &Reply::json(200, "{}")
                    .header("x-echo", text)
                    .header("location", text),
            )
        },
        header: true,
        json: false,
    },
    Place {
        name: "an undeclared redirect",
        act: |text| {
            Act::reply(&Reply::status(302).header(
                "location",
                format!("https://evil.example/{text}?{text}#{text}"),
            ))
        },
        header: true,
        json: false,
    },
    Place {
        name: "retry after",
        act: |text| Act::reply(&Reply::status(503).header("retry-after", text)),
        header: true,
        json: false,
    },
];
