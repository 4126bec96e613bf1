// The contents of the pane, loaded when an element is used for the first time.

import { code } from './code.js';
import { lanes } from './lanes.js';
import { sheetOf } from './styles.js';
import { world } from './world.js';
import css from './panes.css?inline';

/** @import { Model } from './model.js' */

export const sheet = sheetOf(css);

/** @param {Model} model */
export const panes = (model) => ({
  lanes: lanes(model), world: world(model), code: code(model),
});
