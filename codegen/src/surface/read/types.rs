//! Reads `types.rs`: members with their names on the wire, open enums with their values, constructors, setters, and how a
//! list falls into pages.

use std::collections::BTreeMap;

use syn::{Block, Fields, ImplItem, Item, ItemEnum, ItemImpl, ItemStruct};

use super::syntax::{Attributes, Implementation, Reach, Source, implementation, literal};
use super::table::FormField;
use super::tokens::Code;
use super::wire::{Member, Need, Table, Tables};
use crate::surface::{Encoding, MemberSurface, PageSurface, SurfaceError, TypeShape, TypeSurface};

/// Reads every type; `forms` are the encoders of those that are form bodies.
pub(super) fn read(
    source: &Source,
    forms: &BTreeMap<String, Vec<FormField>>,
) -> Result<BTreeMap<String, TypeSurface>, SurfaceError> {
    let mut types: BTreeMap<String, TypeSurface> = BTreeMap::new();
    let mut blocks = Vec::new();
    let mut tables = Tables::default();
    for item in &source.items {
        if let Item::Macro(item) = item {
            tables.take(source, item)?;
        }
    }
    for item in &source.items {
        match item {
            Item::Use(_) | Item::Macro(_) => {}
            Item::Struct(item) => {
                let name = item.ident.to_string();
                let wire = match (forms.get(&name), tables.objects.remove(&name)) {
                    (Some(form), None) => Wire::Form(form),
                    (None, Some(table)) => Wire::Table(table),
                    (None, None) => {
                        return Err(SurfaceError::disagrees(name, "it is never sent or read"));
                    }
                    (Some(_), Some(_)) => {
                        return Err(SurfaceError::disagrees(
                            name,
                            "it is both a form and a table",
                        ));
                    }
                };
                let debug = tables.debug.remove(&name);
                types.insert(name, object(source, item, &wire, debug.as_ref())?);
            }
            Item::Enum(item) => {
                let data = open_enum(source, item)?;
                if !tables.enums.contains(&data.name) {
                    return Err(SurfaceError::disagrees(
                        data.name,
                        "it is never sent or read",
                    ));
                }
                types.insert(data.name.clone(), data);
            }
            Item::Impl(block) => blocks.push(block),
            other => return Err(source.unknown("the types", other)),
        }
    }
    let mut values: BTreeMap<String, Vec<Values>> = BTreeMap::new();
    for block in blocks {
        let (owner, name) = match implementation(block) {
            Implementation::Inherent { owner } => (owner, String::new()),
            Implementation::Trait { owner, name } => (owner, name),
        };
        let data = types
            .get_mut(&owner)
            .ok_or_else(|| source.unknown("the types", block))?;
        let found = implement(source, data, block, &name)?;
        values.entry(owner).or_default().extend(found);
    }
    for data in types.values_mut() {
        if tables.enums.remove(&data.name) {
            let traits = ["Serialize", "Deserialize"].map(str::to_owned);
            data.traits.extend(traits);
        }
        name_values(data, &values.remove(&data.name).unwrap_or_default())?;
    }
    tables.finish()?;
    Ok(types)
}

/// How an object is sent, and perhaps read.
enum Wire<'a> {
    Form(&'a [FormField]),
    Table(Table),
}

impl Wire<'_> {
    fn fields(&self) -> Vec<&String> {
        match self {
            Self::Form(form) => form.iter().map(|known| &known.field).collect(),
            Self::Table(table) => table.members.keys().collect(),
        }
    }
}

fn object(
    source: &Source,
    item: &ItemStruct,
    wire: &Wire<'_>,
    debug: Option<&BTreeMap<String, bool>>,
) -> Result<TypeSurface, SurfaceError> {
    let name = item.ident.to_string();
    let mut attributes = source.attributes(&name, &item.attrs)?;
    match wire {
        Wire::Form(_) => {}
        Wire::Table(table) if table.read => attributes
            .derives
            .extend(["Deserialize", "Serialize"].map(str::to_owned)),
        Wire::Table(_) => attributes.derives.push("Serialize".to_owned()),
    }
    let reach = source.visibility(&name, &item.vis)?;
    let Fields::Named(fields) = &item.fields else {
        return Err(source.unknown(&name, item));
    };
    let mut members = Vec::new();
    for field in &fields.named {
        // A field that callers cannot reach would make a type that they cannot read.
        if source.visibility(&name, &field.vis)? != reach {
            return Err(source.unknown(&name, field));
        }
        members.push(member(source, &name, field, wire)?);
    }
    if let Some(debug) = debug {
        hide(&name, &mut attributes, &mut members, debug)?;
    }
    if let Some(lost) = wire
        .fields()
        .into_iter()
        .find(|known| members.iter().all(|m| m.name != **known))
    {
        return Err(SurfaceError::disagrees(
            name,
            format!("it sends a field `{lost}` that it does not have"),
        ));
    }
    surface(
        source,
        item,
        name,
        attributes,
        reach,
        TypeShape::Object(members),
    )
}

/// Takes over what `partial_debug!` says of each field.
fn hide(
    name: &str,
    attributes: &mut Attributes,
    members: &mut [MemberSurface],
    debug: &BTreeMap<String, bool>,
) -> Result<(), SurfaceError> {
    if attributes.derives.iter().any(|name| name == "Debug") {
        return Err(SurfaceError::disagrees(name, "it shows itself in two ways"));
    }
    // Where `derive` would have it.
    attributes.derives.insert(1, "Debug".to_owned());
    for member in &mut *members {
        let hidden = debug.get(&member.name).ok_or_else(|| {
            let message = format!("`Debug` leaves out its field `{}`", member.name);
            SurfaceError::disagrees(name, message)
        })?;
        member.hidden = *hidden;
    }
    if members.len() != debug.len() {
        let message = "`Debug` shows a field that it does not have";
        return Err(SurfaceError::disagrees(name, message));
    }
    Ok(())
}

fn surface(
    source: &Source,
    item: &impl quote::ToTokens,
    name: String,
    attributes: Attributes,
    reach: Reach,
    shape: TypeShape,
) -> Result<TypeSurface, SurfaceError> {
    if attributes.must_use || attributes.deprecated || reach == Reach::Private {
        return Err(source.unknown(&name, item));
    }
    Ok(TypeSurface {
        name,
        public: reach == Reach::Public,
        non_exhaustive: attributes.non_exhaustive,
        traits: attributes.derives,
        shape,
        functions: Vec::new(),
        page: None,
    })
}

fn member(
    source: &Source,
    owner: &str,
    field: &syn::Field,
    wire: &Wire<'_>,
) -> Result<MemberSurface, SurfaceError> {
    let name = field
        .ident
        .as_ref()
        .map(ToString::to_string)
        .unwrap_or_default();
    if !field
        .attrs
        .iter()
        .all(|attribute| attribute.path().is_ident("doc"))
    {
        return Err(source.unknown(owner, field));
    }
    let ty = Code::of(&field.ty);
    match wire {
        Wire::Form(form) => {
            let sent = form
                .iter()
                .find(|known| known.field == name)
                .ok_or_else(|| {
                    SurfaceError::disagrees(owner, format!("its field `{name}` is never sent"))
                })?;
            Ok(MemberSurface {
                wire: Some(sent.wire.clone()),
                name,
                rust_type: ty.public(),
                required: sent.required,
                encoding: sent.encoding,
                serde: Vec::new(),
                hidden: false,
                least_items: None,
            })
        }
        Wire::Table(table) => {
            let known = table.members.get(&name).ok_or_else(|| {
                SurfaceError::disagrees(owner, format!("its field `{name}` is never sent or read"))
            })?;
            let (wire, required, serde, least_items) = match known {
                Member::Rest => (None, false, vec!["flatten".to_owned()], None),
                Member::Named {
                    wire,
                    need,
                    least_items,
                } => {
                    let required = *need == Need::Required;
                    if required == ty.is("Option<$*inner>") {
                        let message =
                            format!("its table is wrong about whether `{name}` is required");
                        return Err(SurfaceError::disagrees(owner, message));
                    }
                    let serde = match need {
                        Need::Required => Vec::new(),
                        Need::Optional => vec!["skipped when None"],
                        Need::Paging => vec!["skipped when None", "an odd value is an error"],
                    };
                    let serde = serde.into_iter().map(str::to_owned).collect();
                    (Some(wire.clone()), required, serde, *least_items)
                }
            };
            Ok(MemberSurface {
                required,
                wire,
                name,
                rust_type: ty.public(),
                encoding: Encoding::Json,
                serde,
                hidden: false,
                least_items,
            })
        }
    }
}

fn open_enum(source: &Source, item: &ItemEnum) -> Result<TypeSurface, SurfaceError> {
    let name = item.ident.to_string();
    let attributes = source.attributes(&name, &item.attrs)?;
    let reach = source.visibility(&name, &item.vis)?;
    let mut values = Vec::new();
    let mut other = None;
    for variant in &item.variants {
        source.attributes(&name, &variant.attrs)?;
        let variant_name = variant.ident.to_string();
        match &variant.fields {
            // The value on the wire stands in the conversions, which are read later.
            Fields::Unit => values.push((String::new(), variant_name)),
            Fields::Unnamed(fields) if other.is_none() => {
                other = Some(format!("{variant_name}{}", Code::of(fields).public()));
            }
            _ => return Err(source.unknown(&name, variant)),
        }
    }
    // A closed enum would lose every reply that holds a new value.
    let other = other.ok_or_else(|| source.unknown(&name, item))?;
    surface(
        source,
        item,
        name,
        attributes,
        reach,
        TypeShape::Enum { values, other },
    )
}

/// Value on the wire by variant, as one of the conversions says.
type Values = BTreeMap<String, String>;

fn implement(
    source: &Source,
    data: &mut TypeSurface,
    block: &ItemImpl,
    name: &str,
) -> Result<Option<Values>, SurfaceError> {
    let is_enum = matches!(data.shape, TypeShape::Enum { .. });
    match name {
        "" => {
            let mut values = None;
            for (function, body) in source.functions(&data.name, block)? {
                if is_enum && function.signature.name == "as_str" {
                    values = Some(arms(
                        source,
                        data,
                        body,
                        "{ match self { $*arms } }",
                        "Self::$variant => $wire",
                    )?);
                }
                if function.visibility == Reach::Public {
                    data.functions.push(function.signature);
                } else {
                    return Err(source.unknown(&data.name, body));
                }
            }
            Ok(values)
        }
        "Envelope" => {
            data.page = Some(page(source, &data.name, block)?);
            Ok(None)
        }
        "Display" | "From<&str>" if is_enum => {
            data.traits.push(name.to_owned());
            match block.items.as_slice() {
                [ImplItem::Fn(from)] if name == "From<&str>" => {
                    let form = "{ match value { $*arms } }";
                    Ok(Some(arms(
                        source,
                        data,
                        &from.block,
                        form,
                        "$wire => Self::$variant",
                    )?))
                }
                _ => Ok(None),
            }
        }
        _ => Err(source.unknown(&data.name, block)),
    }
}

fn arms(
    source: &Source,
    data: &TypeSurface,
    body: &Block,
    form: &str,
    arm: &str,
) -> Result<Values, SurfaceError> {
    const OTHER: [&str; 2] = [
        "Self::Other(value) => value",
        "other => Self::Other(other.into())",
    ];
    let holes = Code::of(body)
        .read(form)
        .ok_or_else(|| source.unknown(&data.name, body))?;
    let mut values = Values::new();
    for code in holes.list("arms") {
        if let Some(holes) = code.read(arm) {
            values.insert(
                holes.text("variant"),
                literal(source, &data.name, &holes.code("wire"))?,
            );
        } else if !OTHER.iter().any(|form| code.is(form)) {
            return Err(source.unknown_code(&data.name, &code));
        }
    }
    Ok(values)
}

fn name_values(data: &mut TypeSurface, conversions: &[Values]) -> Result<(), SurfaceError> {
    let TypeShape::Enum { values, .. } = &mut data.shape else {
        return Ok(());
    };
    let [to, from] = conversions else {
        return Err(SurfaceError::disagrees(
            &data.name,
            "it has no two conversions, to and from its text",
        ));
    };
    for (wire, variant) in values {
        match (to.get(variant), from.get(variant)) {
            (Some(to), Some(from)) if to == from => to.clone_into(wire),
            _ => {
                let message =
                    format!("the variant `{variant}` is read from one text and written as another");
                return Err(SurfaceError::disagrees(&data.name, message));
            }
        }
    }
    Ok(())
}

fn page(source: &Source, owner: &str, block: &ItemImpl) -> Result<PageSurface, SurfaceError> {
    const FORMS: [(&str, bool); 3] = [
        (
            "{ let links = crate::runtime::PageLinks { $*links }; ($*items, links) }",
            false,
        ),
        (
            "{ let links = $*meta.map(|meta| crate::runtime::PageLinks { $*links }).unwrap_or_default(); ($*items, links) }",
            true,
        ),
        (
            "{ let links = { let meta = $*meta; crate::runtime::PageLinks { $*links } }; ($*items, links) }",
            true,
        ),
    ];
    let unknown = || source.unknown(owner, block);
    let [ImplItem::Type(item), ImplItem::Fn(parts)] = block.items.as_slice() else {
        return Err(unknown());
    };
    let body = Code::of(&parts.block);
    let (holes, has_meta) = FORMS
        .iter()
        .find_map(|(form, has_meta)| Some((body.read(form)?, *has_meta)))
        .ok_or_else(unknown)?;
    let mut links = Vec::new();
    if has_meta {
        links.push(("meta".to_owned(), holes.text("meta")));
    }
    for link in holes.list("links") {
        let parts = link
            .read("$name: $*from")
            .ok_or_else(|| source.unknown_code(owner, &link))?;
        links.push((parts.text("name"), parts.text("from")));
    }
    Ok(PageSurface {
        item: Code::of(&item.ty).public(),
        items: holes.text("items"),
        links,
    })
}
