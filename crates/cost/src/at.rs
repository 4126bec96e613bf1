//! A numbered await point is the await itself: nothing is recorded here.

pub trait AtExt: IntoFuture + Sized {
    fn at(self, _step: u32) -> Self::IntoFuture {
        self.into_future()
    }
}

impl<F: IntoFuture> AtExt for F {}
