//! Reads `operations.rs`: the table entry of every operation, the function that prepares its request, and the
//! encoders of form bodies.

use std::collections::BTreeMap;

use syn::{Item, ItemFn, ItemImpl};

use super::syntax::{Implementation, Source, implementation, literal, statements};
use super::tokens::Code;
use crate::reshape::PAGE_PARAMETERS;
use crate::surface::{Encoding, SurfaceError};

/// All that `operations.rs` says.
#[derive(Debug, Default)]
pub(super) struct Table {
    pub(super) entries: Vec<Entry>,
    /// By function.
    pub(super) preparations: BTreeMap<String, Preparation>,
    /// Fields of form bodies by type.
    pub(super) forms: BTreeMap<String, Vec<FormField>>,
}

/// A row of the operation table.
#[derive(Debug)]
pub(super) struct Entry {
    pub(super) constant: String,
    pub(super) id: String,
    pub(super) method: String,
    pub(super) path: String,
    pub(super) host: String,
    pub(super) repeat: String,
    pub(super) statuses: Vec<u16>,
}

/// What a preparing function does with its arguments.
#[derive(Debug)]
pub(super) struct Preparation {
    pub(super) constant: String,
    pub(super) arguments: Vec<(String, Code)>,
    pub(super) path: Vec<PathPiece>,
    pub(super) query: Vec<QueryPair>,
    pub(super) body: Option<BodyEncoding>,
    /// The query parameters that must say something, where the query is checked.
    required: Option<Vec<String>>,
    /// Whether a later page is refused without its token.
    is_page_checked: bool,
}

impl Preparation {
    /// Refuses checks of the query that are not those which its parameters ask for.
    fn checks_agree(&self, name: &str) -> Result<(), SurfaceError> {
        let required = self.query.iter().filter(|pair| pair.required);
        let required: Vec<_> = required.map(|pair| pair.wire.clone()).collect();
        let required = (!self.query.is_empty()).then_some(required);
        let is_paged = PAGE_PARAMETERS
            .iter()
            .all(|page| self.query.iter().any(|pair| pair.wire == *page));
        if self.required == required && self.is_page_checked == is_paged {
            Ok(())
        } else {
            Err(SurfaceError::disagrees(
                name,
                "it does not check its query by what is required of it",
            ))
        }
    }
}

#[derive(Debug)]
pub(super) enum PathPiece {
    Literal(String),
    Argument(String),
}

#[derive(Debug)]
pub(super) struct QueryPair {
    pub(super) wire: String,
    pub(super) argument: String,
    pub(super) required: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum BodyEncoding {
    Form,
    Json,
}

#[derive(Debug)]
pub(super) struct FormField {
    pub(super) wire: String,
    pub(super) field: String,
    pub(super) encoding: Encoding,
    pub(super) required: bool,
}

pub(super) fn read(source: &Source) -> Result<Table, SurfaceError> {
    let mut table = Table::default();
    for item in &source.items {
        match item {
            Item::Use(_) => {}
            Item::Static(item) => {
                let mut bare = item.clone();
                source.attributes(&item.ident.to_string(), &item.attrs)?;
                bare.attrs.clear();
                table
                    .entries
                    .push(entry(source, &item.ident.to_string(), &Code::of(&bare))?);
            }
            Item::Fn(item) => {
                let prepared = preparation(source, item)?;
                table
                    .preparations
                    .insert(item.sig.ident.to_string(), prepared);
            }
            Item::Impl(item) => {
                let (owner, fields) = form_body(source, item)?;
                table.forms.insert(owner, fields);
            }
            other => return Err(source.unknown("the operation table", other)),
        }
    }
    Ok(table)
}

fn entry(source: &Source, name: &str, code: &Code) -> Result<Entry, SurfaceError> {
    const FORM: &str = "pub(crate) static $constant: Operation = Operation { id: $id, method: Method::$method, \
        path: $path, host: Host::$host, repeat: Repeat::$repeat, statuses: &[$*statuses] };";
    let unknown = || source.unknown_code(name, code);
    let holes = code.read(FORM).ok_or_else(unknown)?;
    let statuses = holes
        .list("statuses")
        .into_iter()
        .map(|status| status.to_string().trim_end_matches("u16").parse());
    Ok(Entry {
        constant: holes.text("constant"),
        id: holes.code("id").string().ok_or_else(unknown)?,
        method: holes.text("method"),
        path: holes.code("path").string().ok_or_else(unknown)?,
        host: holes.text("host"),
        repeat: holes.text("repeat"),
        statuses: statuses.collect::<Result<_, _>>().map_err(|_| unknown())?,
    })
}

fn preparation(source: &Source, item: &ItemFn) -> Result<Preparation, SurfaceError> {
    let name = item.sig.ident.to_string();
    let attributes = source.attributes(&name, &item.attrs)?;
    let function = source.signature(&name, &item.vis, &item.sig, attributes.deprecated)?;
    let mut prepared = Preparation {
        constant: String::new(),
        arguments: function.parameters,
        path: Vec::new(),
        query: Vec::new(),
        body: None,
        required: None,
        is_page_checked: false,
    };
    for statement in statements(&item.block) {
        step(source, &name, &statement, &mut prepared)?;
    }
    prepared.checks_agree(&name)?;
    Ok(prepared)
}

fn step(
    source: &Source,
    name: &str,
    statement: &Code,
    prepared: &mut Preparation,
) -> Result<(), SurfaceError> {
    const SEGMENTS: [&str; 2] = [
        "request.segment($argument.as_str());",
        "request.segment(&$argument.to_string());",
    ];
    const OPTIONAL_QUERY: &str =
        "if let Some($argument) = $argument { request.query($wire, &$argument); }";
    if let Some(holes) = statement.read("let mut request = Prepared::new(&$constant);") {
        prepared.constant = holes.text("constant");
    } else if let Some(holes) = statement.read("request.literal($text);") {
        let text = literal(source, name, &holes.code("text"))?;
        prepared.path.push(PathPiece::Literal(text));
    } else if let Some(holes) = SEGMENTS.iter().find_map(|form| statement.read(form)) {
        prepared
            .path
            .push(PathPiece::Argument(holes.text("argument")));
    } else if let Some(holes) = statement.read("request.query($wire, &$argument);") {
        prepared.query.push(QueryPair {
            wire: literal(source, name, &holes.code("wire"))?,
            argument: holes.text("argument"),
            required: true,
        });
    } else if let Some(holes) = statement.read(OPTIONAL_QUERY) {
        prepared.query.push(QueryPair {
            wire: literal(source, name, &holes.code("wire"))?,
            argument: holes.text("argument"),
            required: false,
        });
    } else if let Some(holes) = statement.read("request.check_query(&[$*required]);") {
        let required = holes.list("required");
        let names = required.iter().map(|name_| literal(source, name, name_));
        prepared.required = Some(names.collect::<Result<_, _>>()?);
    } else if statement.is("request.check_page();") {
        prepared.is_page_checked = true;
    } else if statement.is("request.form(body)?;") {
        prepared.body = Some(BodyEncoding::Form);
    } else if statement.is("request.json(body)?;") {
        prepared.body = Some(BodyEncoding::Json);
    } else if !statement.is("Ok(request)") {
        return Err(source.unknown_code(name, statement));
    }
    Ok(())
}

fn form_body(source: &Source, item: &ItemImpl) -> Result<(String, Vec<FormField>), SurfaceError> {
    let (owner, [syn::ImplItem::Fn(encode)]) = (
        match implementation(item) {
            Implementation::Trait { owner, name } if name == "FormBody" => owner,
            _ => return Err(source.unknown("the operation table", item)),
        },
        item.items.as_slice(),
    ) else {
        return Err(source.unknown("the operation table", item));
    };
    let fields = statements(&encode.block)
        .filter(|statement| !statement.is("Ok(())"))
        .map(|statement| form_field(source, &owner, &statement))
        .collect::<Result<_, _>>()?;
    Ok((owner.trim_start_matches("types::").to_owned(), fields))
}

fn form_field(source: &Source, owner: &str, statement: &Code) -> Result<FormField, SurfaceError> {
    const FORMS: [(&str, Encoding); 4] = [
        ("form.text($wire, $value);", Encoding::Text),
        ("form.required($wire, $value);", Encoding::Text),
        ("form.json($wire, $value)?;", Encoding::JsonText),
        ("form.object($wire, $value)?;", Encoding::ObjectText),
    ];
    // An optional field is written inside of `if let`, a required one stands alone.
    let optional = statement.read("if let Some(value) = &self.$field { $*inner }");
    let inner = optional
        .as_ref()
        .map_or_else(|| statement.clone(), |holes| holes.code("inner"));
    for (form, encoding) in FORMS {
        let value = if optional.is_some() {
            "value"
        } else {
            "&self.$field"
        };
        if let Some(holes) = inner.read(&form.replace("$value", value)) {
            return Ok(FormField {
                wire: literal(source, owner, &holes.code("wire"))?,
                field: optional.as_ref().unwrap_or(&holes).text("field"),
                encoding,
                required: optional.is_none(),
            });
        }
    }
    Err(source.unknown_code(owner, statement))
}
