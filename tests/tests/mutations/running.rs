//! A program that calls, running against a server on loopback that plays all hosts: step by step, one answer at a time,
//! so that what was sent and what came of it belong together.

use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::{Arc, Mutex};

use tests::{Recorded, Reply, Server};

use crate::reply::Given;
use crate::request::Sent;
use crate::schema::Reading;

/// One thing to do.
pub(crate) struct Step {
    /// As the program reads it: `call FetchListing full`.
    pub(crate) line: String,
    /// What the server answers.
    pub(crate) reply: Option<Given>,
}

/// What came of one step.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Done {
    /// As the program tells it; it begins with `ok` or not.
    pub(crate) answer: String,
    /// What arrived at the server, with the server's name before the path.
    pub(crate) sent: Vec<Recorded>,
}

impl Done {
    pub(crate) fn is_ok(&self) -> bool {
        self.answer.starts_with("ok")
    }
}

/// Lets a program do the steps. `values` are what it uses for the arguments of its calls. The server refuses what
/// `refuse` gives a reason for.
pub(crate) fn run(
    program: &Path,
    values: &[(String, String)],
    steps: &[Step],
    refuse: impl Fn(&Sent) -> Option<String> + Send + Sync + 'static,
) -> Vec<Done> {
    let desk: Arc<Mutex<(Option<Given>, Vec<Recorded>)>> = Arc::default();
    let own = Arc::clone(&desk);
    let server = Server::start(move |request| {
        let mut desk = own.lock().unwrap();
        desk.1.push(request.clone());
        if refuse(&arrived(request)).is_some() {
            return Reply::status(400);
        }
        desk.0.as_ref().map_or_else(|| Reply::status(500), written)
    });
    let server = server.unwrap();
    let mut child = Command::new(program)
        .env_clear()
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut to = child.stdin.take().unwrap();
    let mut from = BufReader::new(child.stdout.take().unwrap());
    writeln!(to, "{}", server.url()).unwrap();
    for (kind, value) in values {
        writeln!(to, "{kind} {value}").unwrap();
    }
    writeln!(to).unwrap();
    let done = steps.iter().map(|step| {
        desk.lock().unwrap().0.clone_from(&step.reply);
        writeln!(to, "{}", step.line).unwrap();
        let mut answer = String::new();
        from.read_line(&mut answer).unwrap();
        assert!(
            answer.ends_with('\n'),
            "{} stopped at {}",
            program.display(),
            step.line
        );
        Done {
            answer: answer.trim_end().to_owned(),
            sent: std::mem::take(&mut desk.lock().unwrap().1)
                .into_iter()
                .map(told)
                .collect(),
        }
    });
    let done = done.collect();
    drop(to);
    assert!(
        child.wait().unwrap().success(),
        "{} failed",
        program.display()
    );
    done
}

fn written(given: &Given) -> Reply {
    let reply = given
        .headers
        .iter()
        .fold(Reply::status(given.status), |reply, (name, value)| {
            reply.header(name, value)
        });
    match &given.body {
        Some((media_type, value)) => reply
            .header("content-type", media_type)
            .body(value.to_string()),
        None => reply,
    }
}

/// A request without what differs from run to run.
fn told(request: Recorded) -> Recorded {
    let headers = request.headers.into_iter();
    let headers = headers
        .filter(|(name, _)| ["accept", "authorization", "content-type"].contains(&name.as_str()));
    Recorded {
        headers: headers.collect(),
        ..request
    }
}

/// A request as the host that it is meant for sees it.
pub(crate) fn arrived(request: &Recorded) -> Sent {
    let (host, path) = request
        .path
        .trim_start_matches('/')
        .split_once('/')
        .unwrap_or((&request.path, ""));
    Sent {
        server: format!("https://{host}"),
        message: Recorded {
            path: format!("/{path}"),
            ..request.clone()
        },
        reading: Reading::Lenient,
    }
}
