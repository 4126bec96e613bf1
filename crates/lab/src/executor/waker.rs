//! A waker that tells when it is cloned.
//!
//! A clone is how a future says: wake me through this. `std::task::Wake` does
//! not tell of clones, only a vtable of one's own does. It is used where a lab
//! records, and nowhere else.
//!
//! # Safety
//!
//! The data pointer of every waker with this vtable comes from
//! `Arc::into_raw` of an `Arc<Telling>`, and each waker owns one count of that
//! `Arc`: `clone` adds one, `wake` and `drop` give one back, `wake_by_ref`
//! leaves them alone. `Telling` is `Send + Sync` (checked below), as a waker
//! has to be.

use std::mem::ManuallyDrop;
use std::sync::Arc;
use std::task::{RawWaker, RawWakerVTable, Waker};

struct Telling {
    waker: Waker,
    cloned: Box<dyn Fn() + Send + Sync>,
}

/// A waker that does what `waker` does, and calls `cloned` before it is cloned.
pub(super) fn telling(waker: Waker, cloned: impl Fn() + Send + Sync + 'static) -> Waker {
    const fn for_all_threads<T: Send + Sync>() {}
    const { for_all_threads::<Telling>() };
    let telling = Arc::new(Telling {
        waker,
        cloned: Box::new(cloned),
    });
    // SAFETY: the pointer comes from `Arc::into_raw`, whose count is this
    // waker's; the functions of the vtable keep the contract of `RawWaker`.
    unsafe { Waker::new(Arc::into_raw(telling).cast(), &VTABLE) }
}

/// A static has one address: two clones know each other (`will_wake`).
static VTABLE: RawWakerVTable = RawWakerVTable::new(clone, wake, wake_by_ref, drop_waker);

/// # Safety
/// `data` is that of a live waker with this vtable.
unsafe fn clone(data: *const ()) -> RawWaker {
    // SAFETY: the waker at hand owns a count, so the value is there; the count
    // stays the waker's, as this `Arc` is never dropped.
    let telling = ManuallyDrop::new(unsafe { Arc::from_raw(data.cast::<Telling>()) });
    (telling.cloned)();
    let clone = Arc::clone(&telling);
    RawWaker::new(Arc::into_raw(clone).cast(), &VTABLE)
}

/// # Safety
/// `data` is that of a waker with this vtable, which ends here.
unsafe fn wake(data: *const ()) {
    // SAFETY: the waker gives its count to this `Arc`, which drops it.
    let telling = unsafe { Arc::from_raw(data.cast::<Telling>()) };
    telling.waker.wake_by_ref();
}

/// # Safety
/// `data` is that of a live waker with this vtable.
unsafe fn wake_by_ref(data: *const ()) {
    // SAFETY: the waker at hand owns a count for as long as this lasts.
    let telling = unsafe { &*data.cast::<Telling>() };
    telling.waker.wake_by_ref();
}

/// # Safety
/// `data` is that of a waker with this vtable, which ends here.
unsafe fn drop_waker(data: *const ()) {
    // SAFETY: the waker gives its count to this `Arc`, which drops it.
    drop(unsafe { Arc::from_raw(data.cast::<Telling>()) });
}
