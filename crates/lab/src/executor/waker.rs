//! A waker that reports when it is cloned.
//!
//! A future clones the waker by which it is to be woken. `std::task::Wake` does
//! not report clones, only a vtable of one's own does. It is used only where a
//! lab records.
//!
//! # Safety
//!
//! The data pointer of every waker with this vtable comes from
//! `Arc::into_raw` of an `Arc<Reporting>`, and each waker owns one count of that
//! `Arc`: `clone` adds one, `wake` and `drop` give one back, `wake_by_ref`
//! leaves them alone. `Reporting` is `Send + Sync` (checked below), as a waker
//! has to be.

use std::mem::ManuallyDrop;
use std::sync::Arc;
use std::task::{RawWaker, RawWakerVTable, Waker};

struct Reporting {
    waker: Waker,
    cloned: Box<dyn Fn() + Send + Sync>,
}

/// A waker that does what `waker` does, and calls `cloned` before it is cloned.
pub(super) fn reporting(waker: Waker, cloned: impl Fn() + Send + Sync + 'static) -> Waker {
    const fn for_all_threads<T: Send + Sync>() {}
    const { for_all_threads::<Reporting>() };
    let reporting = Arc::new(Reporting {
        waker,
        cloned: Box::new(cloned),
    });
    // SAFETY: the pointer comes from `Arc::into_raw`, whose count is this
    // waker's; the functions of the vtable keep the contract of `RawWaker`.
    unsafe { Waker::new(Arc::into_raw(reporting).cast(), &VTABLE) }
}

/// A static has one address: two clones know each other (`will_wake`).
static VTABLE: RawWakerVTable = RawWakerVTable::new(clone, wake, wake_by_ref, drop_waker);

/// # Safety
/// `data` is that of a live waker with this vtable.
unsafe fn clone(data: *const ()) -> RawWaker {
    // SAFETY: the waker at hand owns a count, so the value is there; the count
    // stays the waker's, as this `Arc` is never dropped.
    let reporting = ManuallyDrop::new(unsafe { Arc::from_raw(data.cast::<Reporting>()) });
    (reporting.cloned)();
    let clone = Arc::clone(&reporting);
    RawWaker::new(Arc::into_raw(clone).cast(), &VTABLE)
}

/// # Safety
/// `data` is that of a waker with this vtable, which ends here.
unsafe fn wake(data: *const ()) {
    // SAFETY: the waker gives its count to this `Arc`, which drops it.
    let reporting = unsafe { Arc::from_raw(data.cast::<Reporting>()) };
    reporting.waker.wake_by_ref();
}

/// # Safety
/// `data` is that of a live waker with this vtable.
unsafe fn wake_by_ref(data: *const ()) {
    // SAFETY: the waker at hand owns a count for as long as this lasts.
    let reporting = unsafe { &*data.cast::<Reporting>() };
    reporting.waker.wake_by_ref();
}

/// # Safety
/// `data` is that of a waker with this vtable, which ends here.
unsafe fn drop_waker(data: *const ()) {
    // SAFETY: the waker gives its count to this `Arc`, which drops it.
    drop(unsafe { Arc::from_raw(data.cast::<Reporting>()) });
}
