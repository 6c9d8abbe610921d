# Judges devices in policyc's own NDJSON by what windows-enrollment-attestation asks, without policyc: one line a device that can be read, with
# the columns line, verdict, state, statuses, branch, ownership, failed rules, unknown rules. Call with -Rnr.

# Three-valued logic: null is unknown.
def all3: if any(.[]; . == false) then false elif any(.[]; . == null) then null else true end;
def any3: if any(.[]; . == true) then true elif any(.[]; . == null) then null else false end;
def is($value): if . == null then null else . == $value end;
def isnt($value): if . == null then null else . != $value end;

def build: .["os.build"] | if type == "string" and test("^10\\.0\\.[0-9]+\\.[0-9]+$") then split(".") | map(tonumber) else null end;

def branch_name: {
  "17763": "Windows 10 1809", "19044": "Windows 10 21H2", "19045": "Windows 10 22H2", "22000": "Windows 11 21H2", "22621": "Windows 11 22H2",
  "22631": "Windows 11 23H2", "26100": "Windows 11 24H2", "26200": "Windows 11 25H2"}[.[2] | tostring] // "";

# 20348 and 25398 are Windows Server.
def in_scope: build | if . == null then null else .[2] >= 10240 and .[2] != 20348 and .[2] != 25398 end;

def supported: build | if . == null then null else
    {"19045": 3996, "22000": 2713, "22621": 2792, "22631": 2792}[.[2] | tostring] as $least
    | if $least != null then .[3] >= $least else .[2] > 22631 end
  end;

# 2 of 2.0 and 1 of 1.2 are enough to tell them apart.
def tpm_2: .["tpm.version"] | if . == null then null else (split(".")[0] | tonumber) >= 2 end;

# [name, status, guard, condition, whether unknown is allowed], in the order of the policy.
def rules:
  .["tpm.present"] as $tpm | ([$tpm, tpm_2] | all3) as $tpm2 | .["attestation.recovery_status"] as $last |
  [
    ["supported_build", "feature_not_supported", true, supported, false],
    ["physical_device", "feature_not_supported", true, (.["device.platform"] | is("physical")), false],
    ["service_supports_device", "feature_not_supported", true, .["attestation.supported"], true],
    ["tpm_present", "tpm_not_available", true, $tpm, false],
    ["tpm_2_0", "tpm_not_available", $tpm, tpm_2, false],
    ["tpm_ready", "tpm_not_ready", $tpm, .["tpm.ready"], false],
    ["tpm_trusted", "tpm_not_trusted", $tpm, .["tpm.trusted"], true],
    ["aik_parameters", "parameters_missing", $tpm2, ([.["attestation.aik_certificate"], .["attestation.aik_public_key"]] | any3), false],
    ["aik_certificate", "aik_certificate_missing", $tpm2, .["attestation.aik_certificate"], false],
    ["entra_key_in_tpm", "entra_key_not_attested", $tpm2, .["entra.key_in_tpm"], false],
    ["mdm_key_attestable", "mdm_key_already_in_tpm", ([$tpm2, .["attestation.mdm_key_in_tpm"]] | all3),
      ([.["attestation.aik_certificate"], .["attestation.aik_public_key"], .["entra.key_in_tpm"]] | all3), true],
    ["entra_accepts_device", "authentication_failed", true, .["entra.device_authenticated"], true],
    ["entra_key_usable", "entra_key_not_attested", true, .["entra.key_usable"], true],
    ["no_entra_recovery", "entra_key_not_attested", true, (.["entra.recovery_needed"] | is(false)), true],
    ["token_has_device", "entra_token_without_device", true, .["attestation.token_has_device"], true],
    ["token_matches_device", "entra_token_mismatch", true, .["attestation.token_matches_device"], true],
    ["last_attempt_had_tpm", "tpm_not_available", true, ($last | isnt("tpm_not_available")), true],
    ["last_attempt_had_ready_tpm", "tpm_not_ready", true, ($last | isnt("tpm_not_ready")), true],
    ["last_attempt_had_entra_key", "entra_key_not_attested", true, ($last | isnt("entra_key_not_in_tpm")), true],
    ["last_attempt_moved_mdm_key", "mdm_key_already_in_tpm", true, ($last | isnt("mdm_key_already_in_tpm")), true],
    ["last_attempt_authenticated", "authentication_failed", true, ($last | isnt("authentication_failed")), true],
    ["last_attempt_accepted", "client_request_rejected", true, ($last | isnt("request_rejected")), true],
    ["no_attempt_running", "attestation_in_process", true, ($last | isnt("in_progress")), true]
  ];

# The most fundamental cause first.
def order: [
  "feature_not_supported", "tpm_not_available", "tpm_not_trusted", "tpm_not_ready", "parameters_missing", "aik_certificate_missing",
  "entra_key_not_attested", "entra_token_without_device", "entra_token_mismatch", "mdm_key_already_in_tpm", "authentication_failed",
  "client_request_rejected", "attestation_in_process"];

def judged:
  in_scope as $scope
  | (if $scope == false then [] else rules end) as $rules
  | [$rules[] | select(.[2] == true and .[3] == false)] as $failed
  | [$rules[] | select(.[2] != false and .[3] != true and ([.[2], .[3]] != [true, false]))] as $open
  | [$open[] | select(.[4] | not)] as $unknown
  | [$failed[][1]] as $causes
  | [order[] | select(. as $status | $causes | any(. == $status))] as $statuses
  | (if $scope == false then "not_applicable" elif $scope == null then "indeterminate" elif $failed != [] then "fail"
    elif $unknown != [] then "indeterminate" else "pass" end) as $verdict
  | .["attestation.recovery_status"] as $last
  | (if $verdict == "not_applicable" then "unknown"
    elif $verdict == "fail" then (if $statuses[0] == "attestation_in_process" then "in_progress" else "failed" end)
    elif $last == "finished" then (if $verdict == "pass" then "completed" else "unknown" end)
    elif $last == "in_progress" or $last == "not_started" then $last else "unknown" end) as $state
  | [$verdict, $state, ($statuses | join(" ")), (build | if . == null then "" else branch_name end), (.ownership // ""),
    ([$failed[][0]] | join(" ")), ([$open[][0]] | join(" "))];

foreach inputs as $text (0; . + 1; . as $line | [$text | fromjson?] | select(length == 1 and (.[0] | type) == "object") | .[0] | [$line] + judged | @tsv)
