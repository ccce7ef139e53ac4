//! What the client's public signatures name of other crates is reachable through the client, so that a caller needs no
//! dependency of its own, of the right version, to write a type down.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use syn::visit::{self, Visit};
use syn::{Attribute, ImplItem, Item, ItemImpl, Signature, UseTree, Visibility};

fn source() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../generated-client/src")
}

fn files(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        if path.is_dir() && name != "tests" {
            files(&path, found);
        } else if name.ends_with(".rs") && name != "tests.rs" {
            found.push(path);
        }
    }
}

fn is_test(attributes: &[Attribute]) -> bool {
    attributes.iter().any(|attribute| {
        let text = quote::quote!(#attribute).to_string();
        text.contains("cfg (test)") || text.contains("cfg (doctest)")
    })
}

/// The crates that `use` brings names from: by name, the crate.
fn imports(tree: &UseTree, root: Option<&str>, found: &mut BTreeMap<String, String>) {
    match tree {
        UseTree::Path(path) => {
            let ident = path.ident.to_string();
            imports(&path.tree, Some(root.unwrap_or(&ident)), found);
        }
        UseTree::Group(group) => group
            .items
            .iter()
            .for_each(|tree| imports(tree, root, found)),
        UseTree::Name(name) => {
            let ident = name.ident.to_string();
            found.insert(ident.clone(), root.unwrap_or(&ident).to_owned());
        }
        UseTree::Rename(rename) => {
            let ident = rename.ident.to_string();
            found.insert(rename.rename.to_string(), root.unwrap_or(&ident).to_owned());
        }
        UseTree::Glob(_) => {}
    }
}

/// The roots of all paths in what it visits.
#[derive(Default)]
struct Roots(BTreeSet<String>);

impl<'ast> Visit<'ast> for Roots {
    fn visit_path(&mut self, path: &'ast syn::Path) {
        self.0
            .extend(path.segments.first().map(|first| first.ident.to_string()));
        visit::visit_path(self, path);
    }
}

impl Roots {
    fn signature(&mut self, signature: &Signature) {
        self.visit_generics(&signature.generics);
        signature
            .inputs
            .iter()
            .for_each(|input| self.visit_fn_arg(input));
        self.visit_return_type(&signature.output);
    }

    /// Everything of a trait's implementation but the bodies; of an inherent one what is public.
    fn implementation(&mut self, block: &ItemImpl) {
        let of_trait = block.trait_.as_ref();
        of_trait.iter().for_each(|(path, _)| self.visit_path(path));
        if of_trait.is_some() {
            self.visit_type(&block.self_ty);
        }
        for item in &block.items {
            match item {
                ImplItem::Fn(function) if of_trait.is_some() || is_public(&function.vis) => {
                    self.signature(&function.sig);
                }
                ImplItem::Type(item) => self.visit_type(&item.ty),
                ImplItem::Const(item) if is_public(&item.vis) => self.visit_type(&item.ty),
                _ => {}
            }
        }
    }

    fn item(&mut self, item: &Item) {
        match item {
            Item::Fn(function) if is_public(&function.vis) => self.signature(&function.sig),
            Item::Impl(block) if !is_test(&block.attrs) => self.implementation(block),
            Item::Struct(item) if is_public(&item.vis) => {
                let fields = item.fields.iter().filter(|field| is_public(&field.vis));
                fields.for_each(|field| self.visit_type(&field.ty));
            }
            Item::Enum(item) if is_public(&item.vis) => self.visit_item_enum(item),
            Item::Type(item) if is_public(&item.vis) => self.visit_type(&item.ty),
            Item::Trait(item) if is_public(&item.vis) => self.visit_item_trait(item),
            _ => {}
        }
    }
}

fn is_public(visibility: &Visibility) -> bool {
    matches!(visibility, Visibility::Public(_))
}

/// The crates that a file's public signatures name.
fn exposed(text: &str) -> BTreeSet<String> {
    let file = syn::parse_file(text).unwrap();
    let items: Vec<&Item> = file.items.iter().collect();
    let mut names = BTreeMap::new();
    for item in &items {
        if let Item::Use(item) = item {
            imports(&item.tree, None, &mut names);
        }
    }
    let mut roots = Roots::default();
    items.iter().for_each(|item| roots.item(item));
    let crates = roots.0.iter().map(|root| names.get(root).unwrap_or(root));
    crates.cloned().collect()
}

/// The crates that the client depends on, as Rust writes them.
fn dependencies() -> BTreeSet<String> {
    let manifest = fs::read_to_string(source().join("../Cargo.toml")).unwrap();
    let (_, rest) = manifest.split_once("\n[dependencies]\n").unwrap();
    let (section, _) = rest.split_once("\n[").unwrap();
    let names = section
        .lines()
        .filter_map(|line| line.split(['.', ' ', '=']).next());
    names
        .filter(|name| !name.is_empty())
        .map(|name| name.replace('-', "_"))
        .collect()
}

fn reexported() -> BTreeSet<String> {
    let file = syn::parse_file(&fs::read_to_string(source().join("lib.rs")).unwrap()).unwrap();
    let mut names = BTreeMap::new();
    for item in &file.items {
        if let Item::Use(item) = item
            && is_public(&item.vis)
        {
            imports(&item.tree, None, &mut names);
        }
    }
    names
        .into_iter()
        .filter(|(name, root)| name == root)
        .map(|(name, _)| name)
        .collect()
}

#[test]
fn every_crate_in_a_public_signature_is_reexported() {
    let (dependencies, reexported) = (dependencies(), reexported());
    let mut all = Vec::new();
    files(&source(), &mut all);
    let mut missing = BTreeSet::new();
    let mut seen = BTreeSet::new();
    for path in &all {
        for name in exposed(&fs::read_to_string(path).unwrap()) {
            if dependencies.contains(&name) {
                if !reexported.contains(&name) {
                    missing.insert(format!("{name} in {}", path.display()));
                }
                seen.insert(name);
            }
        }
    }
    assert!(missing.is_empty(), "not reexported by lib.rs: {missing:#?}");
    // The search finds what is known to be there.
    for known in [
        "chrono",
        "futures_core",
        "jiff",
        "reqwest",
        "rust_decimal",
        "serde_core",
        "serde_json",
    ] {
        assert!(
            seen.contains(known),
            "{known} is in no public signature: {seen:?}"
        );
    }
}

#[test]
fn a_signature_is_searched_wherever_a_crate_can_be_named() {
    for code in [
        "pub fn f(a: x::A) {}",
        "pub fn f() -> Option<x::A> { None }",
        "pub fn f<T: x::A>() {}",
        "use x::A; impl S { pub fn f(&self, a: impl Into<A>) {} }",
        "use x::{self, b::A as B}; pub struct S { pub a: Vec<B> }",
        "impl From<S> for x::A { fn from(s: S) -> Self { todo!() } }",
        "impl Iterator for S { type Item = x::A; }",
        "pub enum E { A(x::A) }",
        "pub type T = Result<x::A, ()>;",
    ] {
        let found = exposed(code);
        assert!(found.contains("x"), "{code}: {found:?}");
    }
    for code in [
        "fn f(a: x::A) {}",
        "pub(crate) fn f(a: x::A) {}",
        "pub struct S { a: x::A }",
        "pub fn f() { x::g(); }",
    ] {
        assert!(!exposed(code).contains("x"), "{code}");
    }
}
