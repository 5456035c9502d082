import type { repair as zh } from '../zh/repair.ts';
import type { SameKeys } from '../same-keys.ts';

export const repair: SameKeys<typeof zh> = {
  repair: {
    move: 'Move the case',
    moveHint:
      'Choose where the case stands and where it is to go. The step it leaves is cut short at once; what was typed there is not handed in.',
    from: 'From',
    to: 'To',
    toHint: 'Choose a step',
    onlyCancel: 'Only cancel, go nowhere else',
    reason: 'Reason',
    needsReason: 'Give a reason',
    preview: 'This will happen:',
    willCancel: '“{name}” is cut short',
    willReach: '“{name}” begins',
    willFail: '{count} incident will need repair | {count} incidents will need repair',
    willEnd: 'The case ends with it',
    moved: 'The case was moved',
    migrate: 'Move to another version',
    migrateHint:
      'The case runs on version {version}. Its steps, holders and timers stay as they are, unless the table says otherwise; limits are counted from the same start by the new version.',
    noOtherVersion: 'There is no other version.',
    toVersion: 'Version',
    possible: 'It can be moved; nothing is lost.',
    impossible: 'It would lose where the case stands: choose a step for what is marked red.',
    plan: 'Steps',
    oldStep: 'Step now',
    newStep: 'Step in the new version',
    remarks: 'Remarks',
    waitsHere: 'The case is here',
    noTarget: 'No such step',
    targetOf: 'Step for “{name}”',
    unchanged: 'Unchanged',
    showAll: 'Show all steps',
    migrated: 'The case is on version {version} now',
  },
  incidents: {
    title: 'Incidents',
    empty: 'No open incident',
    message: 'What happened',
    openedAt: 'Since',
    retry: 'Retry',
    retried: 'Started again',
    node: 'Step',
    case: 'Case',
  },
};
