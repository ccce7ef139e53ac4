//! Arranges the operations by their paths into a tree of resource handles: a collection (`InstalledAddOns`), one
//! of it (`InstalledAddOns/{Sid}`), what stands below that. It decides names and nothing else.

use std::collections::BTreeMap;

use syn::Type;

use super::parts::Parts;
use crate::lower::{Facts, OperationFacts};
use crate::names;
use crate::problem::Problem;
use crate::reshape::{DataType, OperationReading, PathPiece};

/// The path parameter that comes from the credentials and so is part of no handle.
pub(super) const AMBIENT: &str = "AccountSid";

/// A handle.
#[derive(Debug, Clone)]
pub(super) struct Handle {
    /// Type name: `InstalledAddOnExtensionHandle`.
    pub(super) name: String,
    /// The method that gives it: `extension`.
    pub(super) method: String,
    /// The method's argument type, where the handle is one of a collection.
    pub(super) parameter: Option<Type>,
    /// Names of the fields that hold path parameters, from the root on.
    pub(super) fields: Vec<(String, Type)>,
    /// Path template up to here, as in the first operation that goes through.
    pub(super) path: String,
    /// Keys of the handles below.
    pub(super) children: Vec<Vec<String>>,
    /// Functions of the operations that stand here, each with the handle's methods for it.
    pub(super) operations: Vec<(String, Vec<String>)>,
}

impl Handle {
    /// The path parameter that the handle adds to those above it, with its type.
    pub(super) fn own_parameter(&self) -> Option<(&str, &Type)> {
        let (_, name) = self.path.rsplit_once('{')?;
        let (name, _) = name.split_once('}')?;
        Some((name, self.parameter.as_ref()?))
    }
}

/// All handles by their key, the segments of their path; the root has the empty key.
pub(super) type Tree = BTreeMap<Vec<String>, Handle>;

pub(super) fn tree(
    operations: &[OperationReading],
    types: &[DataType],
    facts: &Facts,
) -> Result<Tree, Vec<Problem>> {
    let mut tree = Tree::from([(Vec::new(), root())]);
    let mut problems = Vec::new();
    // The document's order decides the order of methods, not progenitor's.
    for (function, operation) in &facts.operations {
        let Some(reading) = operations
            .iter()
            .find(|reading| reading.function == function)
        else {
            continue;
        };
        let makers = Parts::new(reading, operation, types).makers();
        let methods = makers.into_iter().map(|maker| maker.method).collect();
        if let Err(problem) = insert(&mut tree, (function, methods), operation, reading) {
            problems.push(problem);
        }
    }
    problems.extend(clashes(&tree, facts));
    if problems.is_empty() {
        Ok(tree)
    } else {
        Err(problems)
    }
}

fn root() -> Handle {
    Handle {
        name: "Client".to_owned(),
        method: String::new(),
        parameter: None,
        fields: Vec::new(),
        path: String::new(),
        children: Vec::new(),
        operations: Vec::new(),
    }
}

fn insert(
    tree: &mut Tree,
    (function, methods): (&str, Vec<String>),
    operation: &OperationFacts,
    reading: &OperationReading,
) -> Result<(), Problem> {
    let steps = steps(operation, reading);
    if steps.is_empty() {
        return Err(Problem::new(
            "PATH_WITHOUT_RESOURCE",
            operation.pointer.clone(),
            format!(
                "the path `{}` names no resource after its version",
                operation.path
            ),
            "write a version, then at least one resource: /v1/Listings",
        ));
    }
    let mut key: Vec<String> = Vec::new();
    for (position, step) in steps.iter().enumerate() {
        let is_last = position + 1 == steps.len();
        // A collection that is only passed through on the way to one of its members gets no handle.
        if step.parameter.is_none() && !is_last {
            continue;
        }
        let mut next = key.clone();
        next.push(step.key());
        extend_tree(tree, &key, &next, step, operation)?;
        key = next;
    }
    if let Some(handle) = tree.get_mut(&key) {
        handle.operations.push((function.to_owned(), methods));
    }
    Ok(())
}

fn extend_tree(
    tree: &mut Tree,
    parent: &[String],
    key: &[String],
    step: &Step,
    operation: &OperationFacts,
) -> Result<(), Problem> {
    if let Some(known) = tree.get(key) {
        if known.parameter == step.parameter {
            return Ok(());
        }
        return Err(Problem::new(
            "PATH_PARAMETER_DIFFERS",
            operation.pointer.clone(),
            format!(
                "`{}` takes another type of parameter in the path `{}`",
                known.path, operation.path
            ),
            "give the parameter the same schema in every path that goes through it",
        ));
    }
    let mut fields = Vec::new();
    if let Some(above) = tree.get_mut(parent) {
        above.children.push(key.to_vec());
        fields.clone_from(&above.fields);
    }
    let method = step.method();
    if let Some(ty) = &step.parameter {
        let mut name = method.clone();
        while fields.iter().any(|(known, _)| *known == name) {
            name.push('_');
        }
        fields.push((name, ty.clone()));
    }
    let handle = Handle {
        name: format!("{}Handle", names::type_name(&step.title)),
        method,
        parameter: step.parameter.clone(),
        fields,
        path: step.path.clone(),
        children: Vec::new(),
        operations: Vec::new(),
    };
    tree.insert(key.to_vec(), handle);
    Ok(())
}

struct Step {
    segment: String,
    title: String,
    parameter: Option<Type>,
    path: String,
}

impl Step {
    fn key(&self) -> String {
        if self.parameter.is_some() {
            format!("{}/{{}}", self.segment)
        } else {
            self.segment.clone()
        }
    }

    fn method(&self) -> String {
        if self.parameter.is_some() {
            names::field(&names::singular(&self.segment))
        } else {
            names::field(&self.segment)
        }
    }
}

// `/v1/InstalledAddOns/{InstalledAddOnSid}/Extensions` gives the steps InstalledAddOns, InstalledAddOns/{}, Extensions.
fn steps(operation: &OperationFacts, reading: &OperationReading) -> Vec<Step> {
    let mut types = reading.path.iter().filter_map(|piece| match piece {
        PathPiece::Argument(name) => reading
            .arguments
            .iter()
            .find(|argument| argument.name == *name)
            .map(|argument| owned(&argument.ty)),
        PathPiece::Literal(_) => None,
    });
    let mut steps: Vec<Step> = Vec::new();
    let mut titles = String::new();
    let mut path = String::new();
    for (position, raw) in operation.path.split('/').skip(1).enumerate() {
        path.push('/');
        path.push_str(raw);
        let segment = raw.strip_suffix(".json").unwrap_or(raw);
        match segment
            .strip_prefix('{')
            .and_then(|rest| rest.strip_suffix('}'))
        {
            // The version.
            None if position == 0 => {}
            None => steps.push(Step {
                segment: segment.to_owned(),
                title: format!("{titles}{segment}"),
                parameter: None,
                path: path.clone(),
            }),
            Some(AMBIENT) => {
                types.next();
                steps.pop();
            }
            Some(_) => {
                let Some((collection, ty)) = steps
                    .last()
                    .map(|step| step.segment.clone())
                    .zip(types.next())
                else {
                    continue;
                };
                titles.push_str(&names::type_name(&names::singular(&collection)));
                steps.push(Step {
                    segment: collection,
                    title: titles.clone(),
                    parameter: Some(ty),
                    path: path.clone(),
                });
            }
        }
    }
    steps
}

fn owned(ty: &Type) -> Type {
    match ty {
        Type::Reference(reference) => match &*reference.elem {
            Type::Path(path) if path.path.is_ident("str") => syn::parse_quote!(String),
            other => other.clone(),
        },
        other => other.clone(),
    }
}

/// Methods that the client has beside the generated ones: a handle, the method, and which file has it.
const HAND_WRITTEN: [(&str, &str, &str); 1] = [(
    "RecordingAddOnResultPayloadHandle",
    "download",
    "generated-client/src/download.rs",
)];

// Two things of one name on one handle, or two handles of one name.
fn clashes(tree: &Tree, facts: &Facts) -> Vec<Problem> {
    let mut problems = Vec::new();
    let mut types: BTreeMap<&str, &Handle> = BTreeMap::new();
    for handle in tree.values() {
        if let Some(other) = types.insert(&handle.name, handle) {
            problems.push(Problem::new(
                "HANDLE_NAME_COLLIDES",
                pointer(handle, facts),
                format!(
                    "the paths `{}` and `{}` give one handle name, `{}`",
                    other.path, handle.path, handle.name
                ),
                "rename a segment of one of the paths",
            ));
        }
        let mut methods: BTreeMap<String, String> = HAND_WRITTEN
            .iter()
            .filter(|(name, ..)| *name == handle.name)
            .map(|(_, method, file)| ((*method).to_owned(), (*file).to_owned()))
            .collect();
        let below = handle.children.iter().filter_map(|key| tree.get(key));
        let below = below.map(|child| (child.method.clone(), child.path.clone()));
        let here = handle.operations.iter().flat_map(|(function, methods)| {
            let id = facts.operations.get(function);
            let id = id.map_or("", |operation| operation.id.as_str());
            methods.iter().map(|method| (method.clone(), id.to_owned()))
        });
        for (method, what) in here.chain(below) {
            if let Some(other) = methods.insert(method.clone(), what.clone()) {
                problems.push(Problem::new(
                    "METHOD_NAME_COLLIDES",
                    pointer(handle, facts),
                    format!(
                        "`{other}` and `{what}` both become the method `{method}` of `{}`",
                        handle.name
                    ),
                    "begin the operation ids of one path with different verbs, or rename a segment",
                ));
            }
        }
    }
    problems
}

fn pointer(handle: &Handle, facts: &Facts) -> String {
    handle
        .operations
        .first()
        .and_then(|(function, _)| facts.operations.get(function))
        .map(|operation| operation.pointer.clone())
        .unwrap_or_default()
}
