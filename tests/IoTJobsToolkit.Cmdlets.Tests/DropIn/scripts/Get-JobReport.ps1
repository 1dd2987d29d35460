# A table of all jobs with what their executions have come to, and a line for each status.
$ErrorActionPreference = 'Stop'

$rows = foreach ($summary in Get-IOTJobList) {
    $job = Get-IOTJob -JobId $summary.JobId -Select Job
    [pscustomobject]@{
        JobId     = $job.JobId
        Status    = $job.Status.Value
        Created   = $job.CreatedAt
        Queued    = $job.JobProcessDetails.NumberOfQueuedThings
        Running   = $job.JobProcessDetails.NumberOfInProgressThings
        Succeeded = $job.JobProcessDetails.NumberOfSucceededThings
        Failed    = $job.JobProcessDetails.NumberOfFailedThings
        Canceled  = $job.JobProcessDetails.NumberOfCanceledThings
    }
}

$rows | Sort-Object -Property JobId | ForEach-Object {
    '{0}: {1}, {2} queued, {3} running, {4} succeeded, {5} failed, {6} canceled' -f
    $_.JobId, $_.Status, $_.Queued, $_.Running, $_.Succeeded, $_.Failed, $_.Canceled
}
$rows | Group-Object -Property Status | Sort-Object -Property Name | ForEach-Object { "$($_.Name) $($_.Count)" }
