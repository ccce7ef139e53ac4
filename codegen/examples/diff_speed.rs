//! How long a comparison takes: `cargo run --release -p codegen --example diff_speed`. The documents are made up: resources
//! with a list, a page of it, a request and a nested object each. In the revision nothing is changed, or every tenth
//! resource in several places, or every resource.

use std::error::Error;
use std::fmt::Write as _;
use std::time::{Duration, Instant};

use codegen::diff::diff;
use codegen::load::{Tree, load};

/// Runs of which the middle one counts.
const RUNS: usize = 9;

fn main() -> Result<(), Box<dyn Error>> {
    for (lines, limit) in [
        (2_000, Duration::from_millis(50)),
        (36_000, Duration::from_secs(1)),
    ] {
        let base = document(lines, usize::MAX)?;
        for (what, every) in [
            ("nothing changed", usize::MAX),
            ("a tenth changed", 10),
            ("all changed", 1),
        ] {
            let revision = document(lines, every)?;
            let mut times: Vec<Duration> = Vec::new();
            let mut changes = 0;
            for _ in 0..RUNS {
                let start = Instant::now();
                let report = diff(&base, &revision);
                times.push(start.elapsed());
                changes = report.changes.len();
            }
            times.sort_unstable();
            let middle = times.get(RUNS / 2).copied().unwrap_or_default();
            let verdict = if middle < limit { "within" } else { "OVER" };
            let count = base.text().lines().count();
            println!(
                "{count:6} lines, {what:16} {changes:6} changes {middle:10.1?} ({verdict} {limit:?})"
            );
        }
    }
    Ok(())
}

/// A document of at least as many lines.
fn document(lines: usize, every: usize) -> Result<Tree, Box<dyn Error>> {
    let (mut paths, mut schemas) = (String::new(), String::new());
    let mut number = 0;
    // A resource that is not changed has this many lines.
    while number * 94 < lines {
        let is_changed = number % every == every - 1;
        resource(number, is_changed, &mut paths, &mut schemas)?;
        number += 1;
    }
    let text = format!(
        "openapi: 3.0.3\ninfo:\n  title: Many\n  version: 1.0.0\npaths:\n{paths}components:\n  schemas:\n{schemas}"
    );
    load("many.yaml", text.as_bytes()).map_err(|findings| format!("{findings:?}").into())
}

fn resource(
    number: usize,
    is_changed: bool,
    paths: &mut String,
    schemas: &mut String,
) -> std::fmt::Result {
    let limit = if is_changed { 500 } else { 1000 };
    let extra = if is_changed {
        ""
    } else {
        "        note:\n          type: string\n"
    };
    let kind = if is_changed { "integer" } else { "number" };
    let digits = if is_changed { "0-9a-f" } else { "0-9a-fA-F" };
    let status = if is_changed { "paused" } else { "queued" };
    // Many schemas lead to a few, so that what changes in those is reached from everywhere.
    let shared = (number + 1) % 20;
    write!(
        paths,
        "  /v1/Things{number}:
    get:
      operationId: ListThings{number}
      summary: Things of a kind
      parameters:
        - name: PageSize
          in: query
          schema:
            type: integer
            minimum: 1
            maximum: {limit}
        - name: After
          in: query
          schema:
            type: string
      responses:
        '200':
          description: One page.
          content:
            application/json:
              schema:
                $ref: '#/components/schemas/ThingList{number}'
        4XX:
          description: Refused.
    post:
      operationId: CreateThing{number}
      requestBody:
        required: true
        content:
          application/json:
            schema:
              $ref: '#/components/schemas/CreateThing{number}Request'
      responses:
        '201':
          description: Made.
          content:
            application/json:
              schema:
                $ref: '#/components/schemas/Thing{number}'
"
    )?;
    write!(
        schemas,
        "    Thing{number}Sid:
      type: string
      pattern: ^TH[{digits}]{{32}}$
      minLength: 34
      maxLength: 34
    ThingList{number}:
      type: object
      required:
        - things
      properties:
        things:
          type: array
          items:
            $ref: '#/components/schemas/Thing{number}'
        next:
          description: The things after these.
          nullable: true
          allOf:
            - $ref: '#/components/schemas/ThingList{shared}'
    Thing{number}:
      description: A thing.
      type: object
      required:
        - sid
      properties:
        sid:
          description: What it goes by.
          allOf:
            - $ref: '#/components/schemas/Thing{number}Sid'
        size:
          type: {kind}
        status:
          type: string
          enum:
            - done
            - {status}
{extra}        parts:
          type: array
          items:
            type: object
            properties:
              name:
                type: string
              thing:
                $ref: '#/components/schemas/Thing{shared}'
    CreateThing{number}Request:
      type: object
      required:
        - name
      properties:
        name:
          type: string
          maxLength: {limit}
        parent:
          $ref: '#/components/schemas/Thing{number}Sid'
"
    )
}
