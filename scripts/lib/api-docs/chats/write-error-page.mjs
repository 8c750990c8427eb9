/** `docs/api/errors.md`. */
export function writeErrorPage({ ERROR_CATALOGUE, SIGNATURE_FAULTS, DELIVERY_ERRORS, STATUS }) {
  const codes = Object.entries(ERROR_CATALOGUE)
  const isOfChats = ([code]) => /^(ORIGIN_|Err)/.test(code)
  const section = ([code, { meaning, cause, cure }]) =>
    `### \`${code}\` (${STATUS[code] ?? 500})\n\n${meaning}\n\n- **Cause:** ${cause}\n- **Cure:** ${cure}\n`
  return [
    '# Errors\n',
    'Every code that an answer can have: what it means, where it comes from, what to do. Programs go by the code; the sentence',
    'beside it names the very thing that was wrong, and may change. (Made by `npm run api-docs`.)\n',
    '## The chats API\n',
    'A refusal is `{"status": 0, "error_code": 400, "error_type": "ORIGIN_…", "error_description": "…"}`; `error_code` equals the',
    'HTTP status. A path that the service does not know is a 404 without a body.\n',
    ...codes.filter(isOfChats).map(section),
    '## What can be wrong with a signature\n',
    'All of these are `ORIGIN_INVALID_SIGNATURE`; `error_description` says which one in its first words.\n',
    ...Object.entries(SIGNATURE_FAULTS).map(
      ([code, { cause, cure }]) => `### \`${code}\`\n\n- **Cause:** ${cause}\n- **Cure:** ${cure}\n`,
    ),
    '## Why a message did not arrive\n',
    'What a channel reports with `status_code` -1 and `error_code`:\n',
    '| Code | Meaning |\n|---|---|',
    ...Object.entries(DELIVERY_ERRORS).map(([code, meaning]) => `| ${code} | ${meaning} |`),
    '\n## The app API\n',
    'A refusal is `{"error": {"code", "message", "requestId", "details"}}`.\n',
    ...codes.filter((one) => !isOfChats(one)).map(section),
  ].join('\n')
}
