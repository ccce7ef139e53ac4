//! Reads the operation functions that progenitor emits: arguments, URL, method, query, body encoder, status
//! arms, reply and error types. It knows the one form that the pinned version writes and refuses any other.

use proc_macro2::{Ident, TokenStream};
use syn::punctuated::Punctuated;
use syn::visit::Visit;
use syn::{
    Expr, ExprMacro, ExprMatch, ExprMethodCall, FnArg, GenericArgument, ImplItem, ImplItemFn, Item,
    Lit, Pat, PathArguments, ReturnType, Token, Type,
};

use crate::lower::Facts;
use crate::problem::Problem;

/// One operation as progenitor understood it.
#[derive(Debug, Clone)]
pub struct OperationReading {
    /// The function's name.
    pub function: Ident,
    /// Summary and description, as progenitor passes them on.
    pub docs: String,
    /// Arguments after `&self`, in order.
    pub arguments: Vec<Argument>,
    /// The URL after the base, in pieces.
    pub path: Vec<PathPiece>,
    /// Upper-case HTTP method.
    pub method: String,
    /// Query parameters: name on the wire and argument.
    pub query: Vec<(String, Ident)>,
    /// How the body is encoded, if there is one; its argument is always `body`.
    pub encoder: Option<Encoder>,
    /// The arms of the match on the status, in order.
    pub arms: Vec<Arm>,
    /// Type of a successful reply; `()` where there is none.
    pub success: Type,
}

/// An argument.
#[derive(Debug, Clone)]
pub struct Argument {
    /// Name.
    pub name: Ident,
    /// Type without lifetimes.
    pub ty: Type,
}

/// A piece of a URL.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PathPiece {
    /// Text that stands as it is.
    Literal(String),
    /// An argument, percent-encoded as one segment.
    Argument(Ident),
}

/// A body encoder.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Encoder {
    /// `application/x-www-form-urlencoded`
    Form,
    /// `application/json`
    Json,
}

/// An arm of the match on the status.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Arm {
    /// First status that it takes.
    pub first: u16,
    /// Last status that it takes.
    pub last: u16,
    /// What it makes of the reply.
    pub kind: ArmKind,
}

/// What an arm makes of a reply.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ArmKind {
    /// A decoded value.
    Value,
    /// A success without a body.
    Empty,
    /// A declared error.
    Error,
}

/// Reads every operation.
pub(super) fn operations(
    file: &syn::File,
    facts: &Facts,
) -> Result<Vec<OperationReading>, Vec<Problem>> {
    let mut found = Vec::new();
    let mut problems = Vec::new();
    for function in functions(file) {
        match operation(function) {
            Ok(reading) => found.push(reading),
            Err(what) => {
                let name = function.sig.ident.to_string();
                let pointer = facts
                    .operations
                    .get(&name)
                    .map(|known| known.pointer.clone());
                problems.push(Problem::new(
                    "GENERATOR_UNREADABLE",
                    pointer.unwrap_or_default(),
                    format!("progenitor's code for `{name}` has {what}"),
                    "write the operation with the constructs that spec/CURATION.md names",
                ));
            }
        }
    }
    for (name, known) in &facts.operations {
        if !found.iter().any(|reading| reading.function == name) && problems.is_empty() {
            problems.push(Problem::new(
                "OPERATION_NOT_EMITTED",
                known.pointer.clone(),
                format!(
                    "progenitor emits no function `{name}` for the operation `{}`",
                    known.id
                ),
                "choose an operation id that is UpperCamelCase and made of letters and digits",
            ));
        }
    }
    if problems.is_empty() {
        Ok(found)
    } else {
        Err(problems)
    }
}

fn functions(file: &syn::File) -> impl Iterator<Item = &ImplItemFn> {
    file.items
        .iter()
        .filter_map(|item| match item {
            Item::Impl(block) if block.trait_.is_none() => Some(block),
            _ => None,
        })
        .flat_map(|block| &block.items)
        .filter_map(|item| match item {
            ImplItem::Fn(function) if function.sig.asyncness.is_some() => Some(function),
            _ => None,
        })
}

fn operation(function: &ImplItemFn) -> Result<OperationReading, String> {
    let mut body = Body::default();
    body.visit_block(&function.block);
    if let Some(what) = body.unknown {
        return Err(what);
    }
    let arguments = function.sig.inputs.iter().filter_map(argument).collect();
    Ok(OperationReading {
        function: function.sig.ident.clone(),
        docs: prose(&super::types::docs(&function.attrs)),
        arguments,
        path: body.path.ok_or("no URL that can be read")?,
        method: body.method.ok_or("no HTTP method that can be read")?,
        query: body.query,
        encoder: body.encoder,
        arms: body.arms,
        success: success_type(&function.sig.output).ok_or("a reply type that cannot be read")?,
    })
}

// progenitor adds the method, the path and the arguments in words of its own; the calls say these their way.
fn prose(docs: &str) -> String {
    let end = docs.find("Sends a `").unwrap_or(docs.len());
    docs.get(..end).unwrap_or(docs).trim().to_owned()
}

fn argument(input: &FnArg) -> Option<Argument> {
    let FnArg::Typed(typed) = input else {
        return None;
    };
    let Pat::Ident(name) = &*typed.pat else {
        return None;
    };
    let mut ty = (*typed.ty).clone();
    syn::visit_mut::visit_type_mut(&mut WithoutLifetimes, &mut ty);
    Some(Argument {
        name: name.ident.clone(),
        ty,
    })
}

struct WithoutLifetimes;

impl syn::visit_mut::VisitMut for WithoutLifetimes {
    fn visit_type_reference_mut(&mut self, reference: &mut syn::TypeReference) {
        reference.lifetime = None;
        syn::visit_mut::visit_type_reference_mut(self, reference);
    }
}

// `Result<ResponseValue<T>, Error<E>>` gives `T`.
fn success_type(output: &ReturnType) -> Option<Type> {
    let ReturnType::Type(_, result) = output else {
        return None;
    };
    first_generic(&first_generic(result)?)
}

/// The first type argument of a path type: `T` of `Option<T>`.
pub(crate) fn first_generic(ty: &Type) -> Option<Type> {
    let Type::Path(path) = ty else {
        return None;
    };
    let PathArguments::AngleBracketed(arguments) = &path.path.segments.last()?.arguments else {
        return None;
    };
    arguments.args.iter().find_map(|argument| match argument {
        GenericArgument::Type(ty) => Some(ty.clone()),
        _ => None,
    })
}

#[derive(Default)]
struct Body {
    path: Option<Vec<PathPiece>>,
    method: Option<String>,
    query: Vec<(String, Ident)>,
    encoder: Option<Encoder>,
    arms: Vec<Arm>,
    unknown: Option<String>,
}

impl Body {
    fn refuse(&mut self, what: impl Into<String>) {
        self.unknown.get_or_insert(what.into());
    }
}

impl<'ast> Visit<'ast> for Body {
    fn visit_expr_macro(&mut self, node: &'ast ExprMacro) {
        if node.mac.path.is_ident("format") && self.path.is_none() {
            match path_pieces(node.mac.tokens.clone()) {
                Some(pieces) => self.path = Some(pieces),
                None => self.refuse("a URL of an unknown form"),
            }
        }
    }

    fn visit_expr_method_call(&mut self, call: &'ast ExprMethodCall) {
        // The receiver comes first, so that query parameters keep their order.
        self.visit_expr(&call.receiver);
        let name = call.method.to_string();
        match name.as_str() {
            "get" | "put" | "post" | "delete" | "head" | "patch"
                if is_self_client(&call.receiver) =>
            {
                self.method = Some(name.to_ascii_uppercase());
            }
            "request" if is_self_client(&call.receiver) => self.refuse("an unusual HTTP method"),
            "query" => match call.args.first().and_then(query_parameter) {
                Some(parameter) => self.query.push(parameter),
                None => self.refuse("a query parameter of an unknown form"),
            },
            "form_urlencoded" => self.encoder = Some(Encoder::Form),
            "json" => self.encoder = Some(Encoder::Json),
            "body" => self.refuse("a body that is neither a form nor JSON"),
            "append" if call.args.first().is_some_and(|name| !is_api_version(name)) => {
                self.refuse("a header parameter");
            }
            _ => {}
        }
        for argument in &call.args {
            self.visit_expr(argument);
        }
    }

    fn visit_expr_match(&mut self, node: &'ast ExprMatch) {
        for arm in &node.arms {
            match status_arm(&arm.pat, &arm.body) {
                Some(Some(arm)) => self.arms.push(arm),
                Some(None) => {}
                None => self.refuse("a status arm of an unknown form"),
            }
        }
        syn::visit::visit_expr(self, &node.expr);
    }
}

fn is_self_client(receiver: &Expr) -> bool {
    matches!(receiver, Expr::Field(field) if matches!(&field.member, syn::Member::Named(name) if name == "client"))
}

// progenitor sends the document's version as a header with every request; the runtime does not.
fn is_api_version(name: &Expr) -> bool {
    matches!(name, Expr::Call(call) if matches!(call.args.first(), Some(Expr::Lit(literal))
        if matches!(&literal.lit, Lit::Str(text) if text.value() == "api-version")))
}

fn query_parameter(argument: &Expr) -> Option<(String, Ident)> {
    let Expr::Reference(reference) = argument else {
        return None;
    };
    let Expr::Call(call) = &*reference.expr else {
        return None;
    };
    let mut arguments = call.args.iter();
    let Expr::Lit(literal) = arguments.next()? else {
        return None;
    };
    let Lit::Str(name) = &literal.lit else {
        return None;
    };
    let Expr::Reference(value) = arguments.next()? else {
        return None;
    };
    let Expr::Path(path) = &*value.expr else {
        return None;
    };
    Some((name.value(), path.path.get_ident()?.clone()))
}

// `format!("{}/v1/Listing/{}", self.baseurl, encode_path(&sid.to_string()))`
fn path_pieces(tokens: TokenStream) -> Option<Vec<PathPiece>> {
    let parser = Punctuated::<Expr, Token![,]>::parse_terminated;
    let arguments = syn::parse::Parser::parse2(parser, tokens).ok()?;
    let mut arguments = arguments.into_iter();
    let Expr::Lit(literal) = arguments.next()? else {
        return None;
    };
    let Lit::Str(template) = literal.lit else {
        return None;
    };
    let template = template.value();
    let mut literals = template.split("{}");
    let base = arguments.next()?;
    if !literals.next()?.is_empty() || !matches!(base, Expr::Field(_)) {
        return None;
    }
    let mut pieces = Vec::new();
    for (position, literal) in literals.enumerate() {
        if position > 0 {
            pieces.push(PathPiece::Argument(encoded_argument(&arguments.next()?)?));
        }
        if !literal.is_empty() {
            pieces.push(PathPiece::Literal(literal.to_owned()));
        }
    }
    arguments.next().is_none().then_some(pieces)
}

// `encode_path(&sid.to_string())`
fn encoded_argument(expression: &Expr) -> Option<Ident> {
    let Expr::Call(call) = expression else {
        return None;
    };
    let Expr::Reference(reference) = call.args.first()? else {
        return None;
    };
    let Expr::MethodCall(to_string) = &*reference.expr else {
        return None;
    };
    let Expr::Path(path) = &*to_string.receiver else {
        return None;
    };
    path.path.get_ident().cloned()
}

// `Some(None)` is the arm for everything undeclared.
fn status_arm(pattern: &Pat, body: &Expr) -> Option<Option<Arm>> {
    let (first, last) = match pattern {
        Pat::Wild(_) => return Some(None),
        Pat::Lit(literal) => {
            let status = status(&Expr::Lit(literal.clone()))?;
            (status, status)
        }
        Pat::Range(range) => (
            status(range.start.as_deref()?)?,
            status(range.end.as_deref()?)?,
        ),
        _ => return None,
    };
    let mut names = Names::default();
    names.visit_expr(body);
    let has = |name: &str| names.0.iter().any(|known| known == name);
    let kind = if has("ErrorResponse") {
        ArmKind::Error
    } else if has("empty") {
        ArmKind::Empty
    } else if has("from_response") {
        ArmKind::Value
    } else {
        return None;
    };
    Some(Some(Arm { first, last, kind }))
}

fn status(expression: &Expr) -> Option<u16> {
    match expression {
        Expr::Lit(literal) => match &literal.lit {
            Lit::Int(number) => number.base10_parse().ok(),
            _ => None,
        },
        _ => None,
    }
}

#[derive(Default)]
struct Names(Vec<Ident>);

impl<'ast> Visit<'ast> for Names {
    fn visit_ident(&mut self, ident: &'ast Ident) {
        self.0.push(ident.clone());
    }
}
