//! Reads the types that progenitor emits and writes them again: short paths, documented fields, enums that take
//! unknown values, and form bodies without serde, since the runtime encodes those itself. It adds no member and
//! drops none.

use std::collections::BTreeSet;

use proc_macro2::{Ident, Literal, TokenStream};
use quote::{format_ident, quote};
use syn::visit_mut::VisitMut;
use syn::{Attribute, Expr, Fields, Item, ItemEnum, ItemStruct, Lit, Meta, Type};

use super::read::{Encoder, OperationReading, first_generic};
use super::{enums, hidden};
use crate::docs::attributes as doc_attributes;
use crate::load::escape;
use crate::lower::{Lowered, PagingStyle};
use crate::problem::Problem;

/// A type of the document.
#[derive(Debug, Clone)]
pub struct DataType {
    /// Name.
    pub name: Ident,
    /// Documentation, in Markdown.
    pub docs: String,
    /// What it is.
    pub shape: Shape,
    /// How the runtime sends it, where it is the body of a request and nothing else.
    pub body: Option<Encoder>,
    /// Whether callers build it, so that it needs a constructor and setters.
    pub input: bool,
}

/// What a type is.
#[derive(Debug, Clone)]
pub enum Shape {
    /// An object.
    Struct {
        /// In the document's order.
        fields: Vec<Field>,
        /// Whether every member is optional, so that an empty value exists.
        default: bool,
    },
    /// A string of known values: value on the wire and variant.
    Enum(Vec<(String, Ident)>),
}

/// A member of an object.
#[derive(Debug, Clone)]
pub struct Field {
    /// Name in Rust.
    pub name: Ident,
    /// Name on the wire; `None` for the map of undeclared members.
    pub wire: Option<String>,
    /// Type.
    pub ty: Type,
    /// Documentation, in Markdown.
    pub docs: String,
    /// Whether a list depends on it: a link to another page, what holds such links, or the items.
    pub paging: bool,
    /// Whether `Debug` does not show its content.
    pub hidden: bool,
    /// How many items it has at least in a request, where it is an array.
    pub least_items: Option<usize>,
}

impl Field {
    /// The type inside `Option`, if the member is optional.
    pub(crate) fn optional(&self) -> Option<Type> {
        generic_of(&self.ty, "Option")
    }
}

/// The argument of a generic type of the given name.
pub(crate) fn generic_of(ty: &Type, name: &str) -> Option<Type> {
    match ty {
        Type::Path(path)
            if path
                .path
                .segments
                .last()
                .is_some_and(|last| last.ident == name) =>
        {
            first_generic(ty)
        }
        _ => None,
    }
}

pub(super) fn read(
    file: &syn::File,
    lowered: &Lowered,
    operations: &[OperationReading],
) -> Result<Vec<DataType>, Vec<Problem>> {
    let items = file.items.iter().find_map(|item| match item {
        Item::Mod(module) if module.ident == "types" => {
            module.content.as_ref().map(|(_, items)| items)
        }
        _ => None,
    });
    let mut types = Vec::new();
    let mut problems = Vec::new();
    for item in items.into_iter().flatten() {
        let found = match item {
            Item::Struct(item) => read_struct(item, lowered),
            Item::Enum(item) => read_enum(item),
            // Conversions and builders of progenitor's own: the runtime has no use for them.
            _ => continue,
        };
        match found {
            Ok(found) => types.push(found),
            Err(name) => problems.push(unsupported(&name, lowered)),
        }
    }
    mark_bodies(&mut types, operations);
    mark_paging(&mut types, lowered);
    for data in &mut types {
        data.input = data.body.is_none() && lowered.facts.inputs.contains(&data.name.to_string());
    }
    if problems.is_empty() {
        Ok(types)
    } else {
        Err(problems)
    }
}

fn unsupported(name: &str, lowered: &Lowered) -> Problem {
    let component = lowered.openapi.components.as_ref().and_then(|components| {
        components
            .schemas
            .keys()
            .find(|component| crate::names::type_name(component) == name)
    });
    Problem::new(
        "TYPE_UNSUPPORTED",
        component.map_or_else(String::new, |component| {
            format!("/components/schemas/{}", escape(component))
        }),
        format!("the schema `{name}` turns into neither a struct nor an enum of strings"),
        "make the component an object, an enum of strings, a SID or a bounded integer, and write other schemas in place",
    )
}

// A type that is the body of an operation is spread over the call's methods, so callers never see it; a type that
// stands anywhere else too stays public.
fn mark_bodies(types: &mut [DataType], operations: &[OperationReading]) {
    let mut elsewhere: BTreeSet<String> = operations
        .iter()
        .flat_map(|op| type_names(&op.success))
        .collect();
    for data in &*types {
        if let Shape::Struct { fields, .. } = &data.shape {
            elsewhere.extend(fields.iter().flat_map(|field| type_names(&field.ty)));
        }
    }
    for operation in operations {
        let body = operation
            .arguments
            .iter()
            .find(|argument| argument.name == "body")
            .and_then(|argument| type_names(&argument.ty).into_iter().last());
        for data in types.iter_mut() {
            if body.as_ref().is_some_and(|name| data.name == name)
                && !elsewhere.contains(&data.name.to_string())
            {
                data.body = operation.encoder;
            }
        }
    }
}

// What a list depends on is never passed over when a response is read: the list would end without a word.
fn mark_paging(types: &mut [DataType], lowered: &Lowered) {
    let envelopes = lowered
        .facts
        .operations
        .values()
        .filter_map(|operation| operation.envelope.as_ref());
    for envelope in envelopes {
        let component = crate::names::type_name(&envelope.component);
        mark(types, &component, &envelope.array);
        let holder = match envelope.style {
            PagingStyle::Flat => Some(component),
            PagingStyle::Meta => {
                let meta = mark(types, &component, "meta");
                meta.and_then(|meta| type_names(&meta.ty).pop())
            }
        };
        for link in envelope.style.links() {
            if let Some(holder) = &holder {
                mark(types, holder, link);
            }
        }
    }
}

fn mark<'a>(types: &'a mut [DataType], name: &str, wire: &str) -> Option<&'a Field> {
    let data = types.iter_mut().find(|data| data.name == name)?;
    let Shape::Struct { fields, .. } = &mut data.shape else {
        return None;
    };
    let field = fields
        .iter_mut()
        .find(|field| field.wire.as_deref() == Some(wire))?;
    field.paging = true;
    Some(field)
}

/// The last segment of every path in a type.
pub(crate) fn type_names(ty: &Type) -> Vec<String> {
    struct Names(Vec<String>);
    impl<'ast> syn::visit::Visit<'ast> for Names {
        fn visit_path(&mut self, path: &'ast syn::Path) {
            self.0
                .extend(path.segments.last().map(|last| last.ident.to_string()));
            syn::visit::visit_path(self, path);
        }
    }
    let mut names = Names(Vec::new());
    syn::visit::Visit::visit_type(&mut names, ty);
    names.0
}

fn read_struct(item: &ItemStruct, lowered: &Lowered) -> Result<DataType, String> {
    let Fields::Named(named) = &item.fields else {
        return Err(item.ident.to_string());
    };
    let mut fields = Vec::new();
    for field in &named.named {
        let Some(name) = field.ident.clone() else {
            return Err(item.ident.to_string());
        };
        let serde = serde_arguments(&field.attrs);
        let flatten = serde.iter().any(|(key, _)| key == "flatten");
        let renamed = serde
            .into_iter()
            .find_map(|(key, value)| (key == "rename").then_some(value));
        let wire = (!flatten).then(|| renamed.flatten().unwrap_or_else(|| name.to_string()));
        let mut ty = field.ty.clone();
        ShortPaths.visit_type_mut(&mut ty);
        let docs = match (docs(&field.attrs), &wire) {
            (text, _) if !text.is_empty() => text,
            (_, Some(wire)) => format!("The member `{wire}`, of which the document says no more."),
            (_, None) => "Members that the document does not declare.".to_owned(),
        };
        let secret = match (&wire, lowered.facts.secrets.get(&item.ident.to_string())) {
            (Some(wire), Some(secrets)) => secrets.contains(wire),
            _ => false,
        };
        let property = wire
            .as_ref()
            .map(|wire| (item.ident.to_string(), wire.clone()));
        let least_items =
            property.and_then(|property| lowered.facts.least_items.get(&property).copied());
        fields.push(Field {
            hidden: secret || hidden::is_untyped(&ty),
            name,
            wire,
            ty,
            docs,
            paging: false,
            least_items,
        });
    }
    let order = lowered.facts.property_order.get(&item.ident.to_string());
    let rank = |field: &Field| match (&field.wire, order) {
        (Some(wire), Some(order)) => order
            .iter()
            .position(|name| name == wire)
            .unwrap_or(order.len()),
        _ => usize::MAX,
    };
    fields.sort_by_key(rank);
    let default = fields
        .iter()
        .all(|field| field.wire.is_none() || field.optional().is_some());
    Ok(DataType {
        name: item.ident.clone(),
        docs: own_docs(&item.attrs, &item.ident),
        shape: Shape::Struct { fields, default },
        body: None,
        input: false,
    })
}

fn read_enum(item: &ItemEnum) -> Result<DataType, String> {
    let mut variants = Vec::new();
    for variant in &item.variants {
        if !matches!(variant.fields, Fields::Unit) {
            return Err(item.ident.to_string());
        }
        let renamed = serde_arguments(&variant.attrs)
            .into_iter()
            .find_map(|(key, value)| (key == "rename").then_some(value));
        let wire = renamed
            .flatten()
            .unwrap_or_else(|| variant.ident.to_string());
        // `Other` is the variant for what the document does not list, and callers match on it.
        let ident = if variant.ident == "Other" {
            format_ident!("OtherValue")
        } else {
            variant.ident.clone()
        };
        variants.push((wire, ident));
    }
    Ok(DataType {
        name: item.ident.clone(),
        docs: own_docs(&item.attrs, &item.ident),
        shape: Shape::Enum(variants),
        body: None,
        input: false,
    })
}

fn own_docs(attributes: &[Attribute], name: &Ident) -> String {
    let text = docs(attributes);
    if text.is_empty() || text == format!("`{name}`") {
        format!("The schema `{name}`, of which the document says no more.")
    } else {
        text
    }
}

/// The text of doc attributes.
pub(super) fn docs(attributes: &[Attribute]) -> String {
    let lines: Vec<String> = attributes
        .iter()
        .filter_map(|attribute| match &attribute.meta {
            Meta::NameValue(pair) if pair.path.is_ident("doc") => match &pair.value {
                Expr::Lit(literal) => match &literal.lit {
                    Lit::Str(text) => Some(text.value()),
                    _ => None,
                },
                _ => None,
            },
            _ => None,
        })
        .collect();
    lines.join("\n").trim().to_owned()
}

// `#[serde(rename = "x", flatten)]` as pairs of key and value.
fn serde_arguments(attributes: &[Attribute]) -> Vec<(String, Option<String>)> {
    let mut found = Vec::new();
    for attribute in attributes
        .iter()
        .filter(|attribute| attribute.path().is_ident("serde"))
    {
        // An argument of an unknown form ends the reading of that attribute; what was read stays.
        let _ = attribute.parse_nested_meta(|meta| {
            let key = meta
                .path
                .get_ident()
                .map(Ident::to_string)
                .unwrap_or_default();
            let value = match meta.value() {
                Ok(value) => Some(value.parse::<syn::LitStr>()?.value()),
                Err(_) => None,
            };
            found.push((key, value));
            Ok(())
        });
    }
    found
}

struct ShortPaths;

impl VisitMut for ShortPaths {
    fn visit_path_mut(&mut self, path: &mut syn::Path) {
        const SHORT: [(&[&str], &str); 4] = [
            (&["std", "option", "Option"], "Option"),
            (&["std", "string", "String"], "String"),
            (&["std", "vec", "Vec"], "Vec"),
            (&["std", "collections", "BTreeMap"], "BTreeMap"),
        ];
        let names: Vec<String> = path
            .segments
            .iter()
            .map(|segment| segment.ident.to_string())
            .collect();
        for (long, _) in SHORT {
            if names == long {
                path.leading_colon = None;
                path.segments = path.segments.last().cloned().into_iter().collect();
                break;
            }
        }
        if names.first().is_some_and(|first| first == "serde_json") {
            path.leading_colon = None;
        }
        syn::visit_mut::visit_path_mut(self, path);
    }
}

pub(super) fn source(types: &[DataType]) -> TokenStream {
    let items = types.iter().map(|data| match &data.shape {
        Shape::Struct { fields, default } => struct_source(data, fields, *default),
        Shape::Enum(variants) => enums::source(data, variants),
    });
    let uses_map = types.iter().any(|data| match &data.shape {
        Shape::Struct { fields, .. } => fields
            .iter()
            .any(|field| type_names(&field.ty).iter().any(|name| name == "BTreeMap")),
        Shape::Enum(_) => false,
    });
    let map = uses_map.then(|| {
        quote!(
            use std::collections::BTreeMap;
        )
    });
    quote! {
        #map
        #(#items)*
    }
}

fn struct_source(data: &DataType, fields: &[Field], default: bool) -> TokenStream {
    let name = &data.name;
    let docs = match hidden::docs(fields) {
        Some(hidden) => doc_attributes(&format!("{}\n\n{hidden}", data.docs)),
        None => doc_attributes(&data.docs),
    };
    let debug = hidden::implementation(data, fields);
    let derived = debug.is_none().then(|| quote!(, Debug));
    let visibility = if data.body.is_some() {
        quote!(pub(crate))
    } else {
        quote!(pub)
    };
    let equality = data.body.is_none().then(|| quote!(, PartialEq));
    // What callers only read has no default, which a required member of a later document would take away from them.
    let default = (default && data.input).then(|| quote!(, Default));
    let non_exhaustive = data.body.is_none().then(|| quote!(#[non_exhaustive]));
    let members = fields.iter().map(|field| {
        let Field { name, ty, .. } = field;
        let docs = match data.body {
            // Its members are the call's setters, which say it themselves.
            Some(_) => doc_attributes(&field.docs),
            None => doc_attributes(&member_docs(field)),
        };
        quote! { #docs #visibility #name: #ty }
    });
    let table = table(data, fields);
    quote! {
        #docs
        #[derive(Clone #derived #default #equality)]
        #non_exhaustive
        #visibility struct #name {
            #(#members,)*
        }
        #debug
        #table
    }
}

// What the document says of a member, and what it is called on the wire where its name in Rust does not tell.
fn member_docs(field: &Field) -> String {
    match &field.wire {
        Some(wire) if field.name != wire.as_str() => {
            format!("{}\n\nOn the wire: `{wire}`.", field.docs)
        }
        _ => field.docs.clone(),
    }
}

// How the type stands on the wire, for the runtime, which does the reading and writing.
fn table(data: &DataType, fields: &[Field]) -> TokenStream {
    let kind = match data.body {
        // The encoders of form bodies stand beside the operations.
        Some(Encoder::Form) => return quote!(),
        Some(Encoder::Json) => quote!(serialized),
        None => quote!(object),
    };
    let name = &data.name;
    let members = fields.iter().map(|field| {
        let member = &field.name;
        let least = field.least_items.map(Literal::usize_unsuffixed);
        match &field.wire {
            Some(wire) if field.optional().is_none() => quote!(#wire => #member required #least,),
            Some(wire) if field.paging => quote!(#wire => #member paging,),
            Some(wire) => quote!(#wire => #member optional #least,),
            None => quote!(..#member,),
        }
    });
    quote! {
        crate::runtime::#kind! { #name, #(#members)* }
    }
}
