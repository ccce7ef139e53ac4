//! What every call can do whatever its operation: be sent otherwise than the client says, be walked if it is a list, be
//! awaited. A generated call names how its reply is read; what it sends is none of this file's business.

/// Makes a call with `options` and `prepare` sendable: its name, then the function of [`decode`](super::decode) that
/// reads its reply with the type that is read, for a page also the type of its items.
macro_rules! sendable {
    ($call:ident, page $list:ty => $item:ty) => {
        impl $call {
            /// Walks all pages one after another, each fetched when it is asked for. Awaiting the call itself fetches
            /// one page.
            #[inline]
            pub fn all_pages(self) -> $crate::PageStream<$item> {
                let prepared = self.prepare();
                $crate::runtime::pages(self.options, prepared, $crate::runtime::decode::page::<$list>)
            }

            /// Walks the items of all pages one after another, each page fetched when its first item is asked for.
            #[inline]
            pub fn all_items(self) -> $crate::ItemStream<$item> {
                let prepared = self.prepare();
                $crate::runtime::items(self.options, prepared, $crate::runtime::decode::page::<$list>)
            }

            /// Collects the items of all pages, at most `max`. A list that has more items is an error of the kind
            /// [`Paging`](crate::ErrorKind::Paging): nothing is cut off silently.
            #[inline]
            pub async fn collect_all(self, max: usize) -> Result<Vec<$item>, $crate::Error> {
                self.all_items().collect_all(max).await
            }
        }

        #[cfg(feature = "test-util")]
        impl $crate::test_util::sealed::SealedList<$item> for $call {
            #[inline]
            fn reader(&self) -> $crate::test_util::PageReader<$item> {
                $crate::test_util::PageReader($crate::runtime::decode::page::<$list>)
            }
        }

        $crate::runtime::sendable!(response $call, $crate::Page<$item>, page::<$list>);
    };
    ($call:ident, empty) => {
        $crate::runtime::sendable!(response $call, (), empty);
    };
    ($call:ident, update $reply:ty) => {
        $crate::runtime::sendable!(response $call, $crate::Update<$reply>, update::<$reply>);
    };
    ($call:ident, acceptance $reply:ty) => {
        $crate::runtime::sendable!(
            awaited $call, $crate::Receipt<$reply>, $crate::ReceiptFuture<$reply>, receive, acceptance::<$reply>
        );
    };
    ($call:ident, location $reply:ty) => {
        $crate::runtime::sendable!(response $call, $reply, location::<$reply>);
    };
    ($call:ident, json $reply:ty) => {
        $crate::runtime::sendable!(response $call, $reply, json::<$reply>);
    };
    (response $call:ident, $value:ty, $($decoder:tt)*) => {
        $crate::runtime::sendable!(
            awaited $call, $crate::Response<$value>, $crate::CallFuture<$value>, send, $($decoder)*
        );
    };
    (awaited $call:ident, $output:ty, $future:ty, $send:ident, $($decoder:tt)*) => {
        impl $call {
            /// Gives each attempt of this call another time limit than the client's.
            #[inline]
            pub fn timeout(mut self, timeout: std::time::Duration) -> Self {
                self.options.set_timeout(timeout);
                self
            }

            /// Decides otherwise than the client when this call is sent again.
            #[inline]
            pub fn retry(mut self, policy: $crate::RetryPolicy) -> Self {
                self.options.set_retry(policy);
                self
            }

            /// Sets a header of this call; the same name again replaces the value. A name or a value that no header can have is an error of the kind
            /// [`Request`](crate::ErrorKind::Request) when the call is sent.
            #[inline]
            pub fn header(
                mut self,
                name: impl AsRef<str>,
                value: impl TryInto<reqwest::header::HeaderValue>,
            ) -> Self {
                self.options.set_header(name.as_ref(), value.try_into().ok());
                self
            }

            /// Keeps the text of the response beside what is read from it, for
            /// [`Response::json`](crate::Response::json). Otherwise it is freed once it has been read.
            #[inline]
            pub fn keep_json(mut self) -> Self {
                self.options.keep_json();
                self
            }
        }

        #[cfg(feature = "test-util")]
        impl $crate::test_util::sealed::Sealed for $call {
            #[inline]
            fn request(&self) -> Result<$crate::test_util::Request, $crate::Error> {
                $crate::test_util::Request::new(&self.options, self.prepare())
            }
        }

        impl IntoFuture for $call {
            type Output = Result<$output, $crate::Error>;
            type IntoFuture = $future;

            #[inline]
            fn into_future(self) -> Self::IntoFuture {
                let prepared = self.prepare();
                $crate::runtime::$send(self.options, prepared, $crate::runtime::decode::$($decoder)*)
            }
        }
    };
}

pub(crate) use sendable;
