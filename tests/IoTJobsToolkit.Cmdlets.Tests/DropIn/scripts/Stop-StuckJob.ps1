# Ends a job that does not get on: its running executions, too.
param(
    [Parameter(Mandatory)] [string] $JobId,
    [int] $Limit = 1
)

$ErrorActionPreference = 'Stop'

$running = @(Get-IOTJobExecutionsForJobList -JobId $JobId -Status IN_PROGRESS)
if ($running.Count -lt $Limit) {
    "$JobId gets on."
    return
}

# Without -Enforce the running executions stay.
Stop-IOTJob -JobId $JobId -ReasonCode 'STUCK' -Comment "$($running.Count) executions hang" -Enforce $true -Force | Out-Null

$job = (Get-IOTJob -JobId $JobId).Job
"$JobId is $($job.Status), because $($job.ReasonCode): $($job.Comment), by force: $($job.ForceCanceled)"
$running | ForEach-Object {
    $execution = Get-IOTJobExecution -JobId $JobId -ThingName ($_.ThingArn -split '/')[-1]
    "$($_.ThingArn -replace '.*thing/') is $($execution.Status)"
}
