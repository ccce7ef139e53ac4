//! How names on the wire are written: form fields in upper camel case, members of JSON in snake case. What Twilio writes
//! otherwise says so in its description.

use super::bodies::FORM;
use super::grammar::Object;
use super::survey::{Survey, Visit};
use super::unused::reached;
use crate::finding::{Finding, rules};

/// The words in a description that mark a name as Twilio's own exception.
pub(super) const MARK: &str = "in the older form";

pub(super) fn check(survey: &Survey<'_>, findings: &mut Vec<Finding>) {
    let mut forms = vec![false; survey.visits.len()];
    for body in survey.all(Object::RequestBody) {
        let media = survey.children(body, "content");
        for media in media.filter(|media| media.name == Some(FORM)) {
            let schema = survey
                .child(media, "schema")
                .and_then(|schema| survey.bare(schema));
            if let Some(form) = schema.and_then(|schema| forms.get_mut(schema.number)) {
                *form = true;
            }
        }
    }
    // A schema that nothing uses is neither a form nor a reply.
    let reached = reached(survey);
    for property in survey
        .visits
        .iter()
        .filter(|visit| visit.member == "properties" && reached.get(visit.number) == Some(&true))
    {
        let Some(name) = property.name else { continue };
        let holder = property.parent.and_then(|parent| forms.get(parent));
        let in_form = holder.copied().unwrap_or_default();
        let (rule, fits, what, wanted) = if in_form {
            (
                &rules::FORM_FIELD_MISCASED,
                is_pascal(name),
                "form field",
                "upper camel case, as in `UniqueName`",
            )
        } else {
            (
                &rules::MEMBER_MISCASED,
                is_snake(name),
                "member",
                "snake case, as in `unique_name`",
            )
        };
        if fits || is_marked(property) {
            continue;
        }
        findings.push(
            survey
                .finding(rule, property, property.span, format!("the {what} `{name}` is not written in {wanted}"))
                .help(format!("write it as Twilio does; where Twilio itself writes it so, say in its description that it stands {MARK}")),
        );
    }
}

fn is_marked(property: &Visit<'_>) -> bool {
    property.text("description").is_some_and(|text| {
        // A description can be broken anywhere between two words.
        let words: Vec<&str> = text.split_whitespace().collect();
        words.join(" ").contains(MARK)
    })
}

/// Names that begin with another character than a letter have a rule of their own.
fn is_pascal(name: &str) -> bool {
    !name.starts_with(|c: char| c.is_ascii_lowercase()) && !name.contains(['_', '-'])
}

fn is_snake(name: &str) -> bool {
    !name.contains(|c: char| c.is_ascii_uppercase() || c == '-')
}
