//! One kind of SID, read by the type that the workspace generates for it and by the newtype that typify makes of the
//! same schema, with texts that are right and texts that are wrong in each possible way.

/// The generated type.
pub type Ours = generated_client::InstalledAddOnSid;
/// typify's newtype, which checks with `regress`.
pub type Stock = stock::types::InstalledAddOnSid;

/// How many texts there are of each sort, so that no branch predictor learns a text by heart.
pub const TEXTS: usize = 64;

/// Texts of one sort.
pub struct Sort {
    /// What is right or wrong about them.
    pub name: &'static str,
    /// Whether they are SIDs.
    pub right: bool,
    /// The texts.
    pub texts: Vec<String>,
    /// The same as JSON documents.
    pub documents: Vec<String>,
}

/// All sorts of texts.
pub fn sorts() -> Vec<Sort> {
    let wrong = |name, spoil: fn(&mut String)| sort(name, false, spoil);
    vec![
        sort("right", true, |_| {}),
        wrong("one digit too few", |sid| {
            sid.pop();
        }),
        wrong("one digit too many", |sid| sid.push('0')),
        wrong("wrong prefix", |sid| sid.replace_range(1..2, "B")),
        wrong("wrong first digit", |sid| sid.replace_range(2..3, "g")),
        wrong("wrong last digit", |sid| sid.replace_range(33..34, "g")),
    ]
}

fn sort(name: &'static str, right: bool, spoil: fn(&mut String)) -> Sort {
    let texts: Vec<String> = (0..TEXTS)
        .map(|number| {
            // A linear congruence gives digits of no pattern, the same in every run.
            let mixed =
                (number as u128 + 1).wrapping_mul(0xda94_2042_e4dd_58b5_9e37_79b9_7f4a_7c15);
            let mut sid = format!("XE{mixed:032x}");
            spoil(&mut sid);
            sid
        })
        .collect();
    let documents = texts.iter().map(|text| format!("\"{text}\"")).collect();
    Sort {
        name,
        right,
        texts,
        documents,
    }
}
