/**
 * The main job from a terminal, in a clone's folder: publish a process, start a case, claim and complete its tasks, see it
 * close. The console prints these lines at start; the README shows the same, and a test runs them as they stand.
 */
export function tour(address: string): string[] {
  return [
    `api=${address}/api; jar=$(mktemp -d)`,
    `sign_in() { curl -s -o /dev/null -c $jar/$1 -H 'content-type: application/json' -d "{\\"person\\":\\"$1\\"}" $api/session; }`,
    `as() { who=$1; shift; curl -s -b $jar/$who -H 'content-type: application/json' "$@"; }`,
    `pick() { node -pe "JSON.parse(require('fs').readFileSync(0))$1"; }`,
    `for person in designer-ding applicant-chen window-zhou handler-wang; do sign_in $person; done`,
    `curl -s -b $jar/designer-ding -H 'content-type: application/xml' --data-binary @docs/tour/parking-permit.bpmn $api/definitions | pick .definition.id`,
    `case=$(as applicant-chen -d '{"definition":"parking-permit","data":{}}' $api/cases | pick .id)`,
    `task=$(as window-zhou $api/cases/$case | pick '.tasks[0].id')`,
    `as window-zhou -X POST -d '{}' $api/tasks/$task/claim | pick .status`,
    `as window-zhou -d '{"data":{"accepted":true}}' $api/tasks/$task/complete | pick .status`,
    `task=$(as handler-wang "$api/tasks?queue=department" | pick ".items.find(task => task.case.id === '$case').id")`,
    `as handler-wang -d '{}' $api/tasks/$task/claim | pick .status`,
    `as handler-wang -d '{"data":{"approved":true}}' $api/tasks/$task/complete | pick .status`,
    `as applicant-chen $api/cases/$case | pick .status`,
  ];
}
