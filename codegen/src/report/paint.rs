//! Colours of texts for a terminal. What deserves which colour is for the texts to know.

/// Colours, or none.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Paint {
    /// Whether there are any.
    pub(crate) on: bool,
}

impl Paint {
    /// A text in the colour of an ANSI code.
    pub(crate) fn with(self, code: &str, text: &str) -> String {
        if self.on {
            format!("\u{1b}[{code}m{text}\u{1b}[0m")
        } else {
            text.to_owned()
        }
    }

    pub(crate) fn bold(self, text: &str) -> String {
        self.with("1", text)
    }

    /// What is gone.
    pub(crate) fn gone(self, text: &str) -> String {
        self.with("31", text)
    }

    /// What has come.
    pub(crate) fn fresh(self, text: &str) -> String {
        self.with("32", text)
    }
}
