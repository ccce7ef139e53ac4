//! Reads the regular expressions that patterns use in practice: literals, classes, groups, alternatives, repetition and
//! anchors, over ASCII. Whatever else it meets, the whole pattern is not read.

use std::iter::Peekable;
use std::str::Chars;

/// A set of ASCII characters, and whether it holds all others.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Set {
    pub(super) ascii: u128,
    pub(super) others: bool,
}

impl Set {
    pub(super) const ALL: Self = Self {
        ascii: u128::MAX,
        others: true,
    };
    const NONE: Self = Self {
        ascii: 0,
        others: false,
    };

    fn one(character: char) -> Option<Self> {
        let code = u32::from(character);
        (code < 128).then(|| Self {
            ascii: 1 << code,
            others: false,
        })
    }

    fn range(first: char, last: char) -> Option<Self> {
        let (first, last) = (u32::from(first), u32::from(last));
        (first <= last && last < 128).then(|| Self {
            ascii: (first..=last).fold(0, |set, code| set | (1 << code)),
            others: false,
        })
    }

    fn with(self, other: Self) -> Self {
        Self {
            ascii: self.ascii | other.ascii,
            others: self.others || other.others,
        }
    }

    fn without(self) -> Self {
        Self {
            ascii: !self.ascii,
            others: !self.others,
        }
    }
}

/// A regular expression.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Expression {
    Set(Set),
    Start,
    End,
    Sequence(Vec<Self>),
    Either(Vec<Self>),
    /// At least, and at most if there is a limit.
    Repeat(Box<Self>, usize, Option<usize>),
}

/// The largest count of a repetition.
const MAX_COUNT: usize = 256;

/// How deep groups nest.
const MAX_DEPTH: usize = 32;

/// Reads a pattern; `None` for what is beyond a regular expression in the narrow sense.
pub(super) fn parse(pattern: &str) -> Option<Expression> {
    let mut parser = Parser {
        rest: pattern.chars().peekable(),
        depth: 0,
    };
    let expression = parser.either()?;
    parser.rest.next().is_none().then_some(expression)
}

struct Parser<'p> {
    rest: Peekable<Chars<'p>>,
    depth: usize,
}

impl Parser<'_> {
    fn either(&mut self) -> Option<Expression> {
        let mut branches = vec![self.sequence()?];
        while self.rest.next_if_eq(&'|').is_some() {
            branches.push(self.sequence()?);
        }
        Some(Expression::Either(branches))
    }

    fn sequence(&mut self) -> Option<Expression> {
        let mut parts = Vec::new();
        while self
            .rest
            .peek()
            .is_some_and(|next| !matches!(next, '|' | ')'))
        {
            let atom = self.atom()?;
            parts.push(self.repeated(atom)?);
        }
        Some(Expression::Sequence(parts))
    }

    fn atom(&mut self) -> Option<Expression> {
        match self.rest.next()? {
            '^' => Some(Expression::Start),
            '$' => Some(Expression::End),
            '.' => Some(Expression::Set(
                Set::one('\n')?.with(Set::one('\r')?).without(),
            )),
            '(' => self.group(),
            '[' => self.class().map(Expression::Set),
            '\\' => self.escape().map(Expression::Set),
            '*' | '+' | '?' | '{' | '}' | ']' => None,
            literal => Set::one(literal).map(Expression::Set),
        }
    }

    fn group(&mut self) -> Option<Expression> {
        if self.rest.next_if_eq(&'?').is_some() {
            self.rest.next_if_eq(&':')?;
        }
        if self.depth == MAX_DEPTH {
            return None;
        }
        self.depth += 1;
        let inner = self.either()?;
        self.depth -= 1;
        self.rest.next_if_eq(&')')?;
        Some(inner)
    }

    fn repeated(&mut self, atom: Expression) -> Option<Expression> {
        let (least, most) = match self.rest.peek() {
            Some('*') => (0, None),
            Some('+') => (1, None),
            Some('?') => (0, Some(1)),
            Some('{') => {
                self.rest.next();
                let least = self.number()?;
                let most = if self.rest.next_if_eq(&',').is_none() {
                    Some(least)
                } else if self.rest.peek() == Some(&'}') {
                    None
                } else {
                    Some(self.number()?)
                };
                (self.rest.peek() == Some(&'}') && most.is_none_or(|most| least <= most))
                    .then_some((least, most))?
            }
            _ => return Some(atom),
        };
        self.rest.next();
        // Whether a repetition is greedy changes what it takes first, not what it matches in the end.
        self.rest.next_if_eq(&'?');
        if matches!(atom, Expression::Start | Expression::End)
            || self
                .rest
                .peek()
                .is_some_and(|next| matches!(next, '*' | '+' | '?' | '{'))
        {
            return None;
        }
        Some(Expression::Repeat(Box::new(atom), least, most))
    }

    fn number(&mut self) -> Option<usize> {
        let mut number: Option<usize> = None;
        while let Some(digit) = self.rest.peek().and_then(|next| next.to_digit(10)) {
            self.rest.next();
            let digit = usize::try_from(digit).ok()?;
            number = Some(
                number
                    .unwrap_or_default()
                    .checked_mul(10)?
                    .checked_add(digit)?,
            );
        }
        number.filter(|number| *number <= MAX_COUNT)
    }

    fn class(&mut self) -> Option<Set> {
        let negated = self.rest.next_if_eq(&'^').is_some();
        let mut set = Set::NONE;
        loop {
            let (first, single) = match self.rest.next()? {
                ']' => break,
                '\\' => {
                    let escaped = self.rest.peek().copied()?;
                    (
                        self.escape()?,
                        (!escaped.is_ascii_alphanumeric()).then_some(escaped),
                    )
                }
                plain => (Set::one(plain)?, Some(plain)),
            };
            let mut ahead = self.rest.clone();
            let is_range =
                ahead.next() == Some('-') && ahead.peek().is_some_and(|next| *next != ']');
            if !is_range {
                set = set.with(first);
                continue;
            }
            self.rest.next();
            let last = match self.rest.next()? {
                '\\' => self
                    .rest
                    .next()
                    .filter(|escaped| !escaped.is_ascii_alphanumeric())?,
                plain => plain,
            };
            set = set.with(Set::range(single?, last)?);
        }
        Some(if negated { set.without() } else { set })
    }

    fn escape(&mut self) -> Option<Set> {
        let digits = Set::range('0', '9')?;
        let words = digits
            .with(Set::range('a', 'z')?)
            .with(Set::range('A', 'Z')?)
            .with(Set::one('_')?);
        match self.rest.next()? {
            'd' => Some(digits),
            'D' => Some(digits.without()),
            'w' => Some(words),
            'W' => Some(words.without()),
            't' => Set::one('\t'),
            'n' => Set::one('\n'),
            'r' => Set::one('\r'),
            other if other.is_ascii_alphanumeric() => None,
            literal => Set::one(literal),
        }
    }
}
