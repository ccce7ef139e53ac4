//! Reads the pattern of a SID component: two capitals, then 32 hexadecimal digits, anchored.
//! It knows this one form and refuses every other, so that the check that is generated from it and the
//! pattern cannot drift apart. It never runs a regular expression.

/// Which hexadecimal digits a SID may hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Digits {
    /// `[0-9a-fA-F]`
    AnyCase,
    /// `[0-9a-f]`
    Lower,
    /// `[0-9A-F]`
    Upper,
}

/// What a SID pattern says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SidShape {
    /// The two letters.
    pub prefix: String,
    /// The digits after them.
    pub digits: Digits,
}

impl SidShape {
    /// Reads a pattern such as `^XB[0-9a-fA-F]{32}$`; `None` for any other form.
    ///
    /// ```
    /// use codegen::sid_shape::SidShape;
    /// let shape = SidShape::parse("^XB[0-9a-fA-F]{32}$").unwrap();
    /// assert_eq!(shape.prefix, "XB");
    /// assert!(SidShape::parse("XB[0-9a-fA-F]{32}").is_none());
    /// ```
    pub fn parse(pattern: &str) -> Option<Self> {
        let inner = pattern.strip_prefix('^')?.strip_suffix('$')?;
        let (prefix, rest) = inner.split_once('[')?;
        if prefix.len() != 2 || !prefix.bytes().all(|byte| byte.is_ascii_uppercase()) {
            return None;
        }
        let (class, rest) = rest.split_once(']')?;
        let digits = match class {
            "0-9a-fA-F" | "0-9A-Fa-f" | "a-fA-F0-9" | "A-Fa-f0-9" => Digits::AnyCase,
            "0-9a-f" | "a-f0-9" => Digits::Lower,
            "0-9A-F" | "A-F0-9" => Digits::Upper,
            _ => return None,
        };
        (rest == "{32}").then(|| Self {
            prefix: prefix.to_owned(),
            digits,
        })
    }

    /// Whether a text is a SID of this shape.
    ///
    /// ```
    /// use codegen::sid_shape::SidShape;
    /// let shape = SidShape::parse("^XB[0-9a-f]{32}$").unwrap();
    /// assert!(shape.matches("XB0123456789abcdef0123456789abcdef"));
    /// assert!(!shape.matches("XE0123456789abcdef0123456789abcdef"));
    /// assert!(!shape.matches("XB0123456789ABCDEF0123456789ABCDEF"));
    /// ```
    pub fn matches(&self, text: &str) -> bool {
        let digit = |byte: u8| match self.digits {
            Digits::AnyCase => byte.is_ascii_hexdigit(),
            Digits::Lower => byte.is_ascii_hexdigit() && !byte.is_ascii_uppercase(),
            Digits::Upper => byte.is_ascii_hexdigit() && !byte.is_ascii_lowercase(),
        };
        text.len() == Self::LENGTH
            && text
                .strip_prefix(self.prefix.as_str())
                .is_some_and(|digits| digits.bytes().all(digit))
    }

    /// Characters in all.
    pub const LENGTH: usize = 34;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pattern_of_any_other_form_is_refused() {
        for pattern in [
            "",
            "^$",
            "XB[0-9a-fA-F]{32}",
            "^XB[0-9a-fA-F]{32}",
            "^xb[0-9a-fA-F]{32}$",
            "^XBC[0-9a-fA-F]{32}$",
            "^XB[0-9a-zA-Z]{32}$",
            "^XB[0-9a-fA-F]+$",
            "^XB[0-9a-fA-F]{32,}$",
            "^XB[0-9a-fA-F]{31}$",
            "^XB[0-9a-fA-F]{99999999999999999999}$",
            "^(XB|XE)[0-9a-fA-F]{32}$",
        ] {
            assert_eq!(SidShape::parse(pattern), None, "{pattern}");
        }
    }

    #[test]
    fn each_digit_class_is_told_apart() {
        let digits = |class: &str| {
            SidShape::parse(&format!("^AC[{class}]{{32}}$")).map(|shape| shape.digits)
        };
        assert_eq!(digits("0-9a-fA-F"), Some(Digits::AnyCase));
        assert_eq!(digits("0-9a-f"), Some(Digits::Lower));
        assert_eq!(digits("A-F0-9"), Some(Digits::Upper));
    }
}
