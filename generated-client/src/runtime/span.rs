//! One `tracing` span for each call, if the feature `tracing` is on; without it nothing is left of this.
//! It records what the call was, how it went and at which stage it failed, never a body, a query, a header's value but the
//! request id, or a secret.

#[cfg(feature = "tracing")]
pub(super) use on::CallSpan;

#[cfg(not(feature = "tracing"))]
pub(super) use off::CallSpan;

#[cfg(feature = "tracing")]
mod on {
    use std::time::Instant;

    use reqwest::StatusCode;
    use tracing::field::{Empty, debug, display};
    use tracing::{Instrument, Span, info_span};

    use crate::ErrorKind;
    use crate::one_line::OneLine;
    use crate::runtime::Operation;

    /// The span of a call.
    pub(in crate::runtime) struct CallSpan {
        span: Span,
        begun: Instant,
    }

    impl CallSpan {
        /// Opens a span for a call of `operation` to `host`, which is a host name.
        pub(in crate::runtime) fn new(operation: &Operation, host: &str) -> Self {
            let span = info_span!(
                "call",
                operation = operation.id,
                method = operation.method.as_str(),
                host,
                attempt = Empty,
                status = Empty,
                request_id = Empty,
                error_kind = Empty,
                duration_ms = Empty,
            );
            Self {
                span,
                begun: Instant::now(),
            }
        }

        /// What happens inside of the span.
        pub(in crate::runtime) async fn around<F: Future>(&self, future: F) -> F::Output {
            future.instrument(self.span.clone()).await
        }

        /// Notes which attempt it is.
        pub(in crate::runtime) fn attempt(&self, attempt: u32) {
            self.span.record("attempt", attempt);
        }

        /// Notes at which stage the call failed: within the attempts, or after them, when the response was decoded.
        pub(in crate::runtime) fn failed(&self, kind: ErrorKind) {
            self.span.record("error_kind", debug(kind));
        }

        /// Notes how the attempts ended.
        pub(in crate::runtime) fn end(&self, status: Option<StatusCode>, request_id: Option<&str>) {
            if let Some(status) = status {
                self.span.record("status", status.as_u16());
            }
            if let Some(request_id) = request_id {
                self.span.record("request_id", display(OneLine(request_id)));
            }
            let elapsed = self.begun.elapsed().as_millis();
            self.span
                .record("duration_ms", u64::try_from(elapsed).unwrap_or(u64::MAX));
        }
    }
}

#[cfg(not(feature = "tracing"))]
mod off {
    use reqwest::StatusCode;

    use crate::ErrorKind;
    use crate::runtime::Operation;

    /// No span.
    pub(in crate::runtime) struct CallSpan;

    impl CallSpan {
        pub(in crate::runtime) fn new(_: &Operation, _: &str) -> Self {
            Self
        }

        pub(in crate::runtime) fn around<F: Future>(&self, future: F) -> F {
            future
        }

        pub(in crate::runtime) fn attempt(&self, _: u32) {}

        pub(in crate::runtime) fn failed(&self, _: ErrorKind) {}

        pub(in crate::runtime) fn end(&self, _: Option<StatusCode>, _: Option<&str>) {}
    }
}
