//! The same comparison by criterion, for its statistics and for comparing one day with another.

use std::hint::black_box;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use sids::{Ours, Stock, TEXTS, sorts};

fn parse(criterion: &mut Criterion) {
    for sort in sorts() {
        let mut group = criterion.benchmark_group(format!("parse, {}", sort.name));
        group.throughput(Throughput::Elements(TEXTS as u64));
        group.bench_function("generated", |bencher| {
            bencher.iter(|| {
                sort.texts
                    .iter()
                    .for_each(|text| _ = black_box(black_box(text).parse::<Ours>()))
            });
        });
        group.bench_function("stock", |bencher| {
            bencher.iter(|| {
                sort.texts
                    .iter()
                    .for_each(|text| _ = black_box(black_box(text).parse::<Stock>()))
            });
        });
    }
}

fn decode(criterion: &mut Criterion) {
    for sort in sorts() {
        let mut group = criterion.benchmark_group(format!("decode, {}", sort.name));
        group.throughput(Throughput::Elements(TEXTS as u64));
        group.bench_function("generated", |bencher| {
            bencher.iter(|| {
                sort.documents
                    .iter()
                    .for_each(|text| _ = black_box(serde_json::from_str::<Ours>(black_box(text))));
            });
        });
        group.bench_function("stock", |bencher| {
            bencher.iter(|| {
                sort.documents
                    .iter()
                    .for_each(|text| _ = black_box(serde_json::from_str::<Stock>(black_box(text))));
            });
        });
    }
}

criterion_group!(benches, parse, decode);
criterion_main!(benches);
