// The pages of the playground: everything around the element.

import { loadBundle } from '../element/bundle.js';
import { anchors } from './anchors.js';
import { find } from './find.js';
import { goButton } from './go.js';
import { keepLink } from './link.js';
import { shareButtons } from './share.js';
import { Shown } from './shown.js';
import { storyPanel } from './story/panel.js';
import { traceButtons } from './trace.js';

/** @import { DropPoint } from '../element/drop-point.js' */

const point = /** @type {DropPoint | null} */ (document.querySelector('drop-point'));

anchors();
if (document.getElementById('find')) find();

if (point) {
  // If the data cannot be loaded, the element says so, and the rest does nothing.
  loadBundle(point.getAttribute('scenario') ?? '').then((bundle) => {
    const shown = new Shown(point, bundle);
    const panel = document.getElementById('story-panel');
    const address = keepLink(shown);
    if (panel) storyPanel(shown, panel);
    goButton(shown);
    shareButtons(shown, address);
    traceButtons(shown);
  }, () => {});
}
