# Tries again on the things where a job failed, ends what still waits, and clears the failures away.
param(
    [Parameter(Mandatory)] [string] $JobId,
    [int] $PollSeconds = 30
)

$ErrorActionPreference = 'Stop'

try {
    $null = Get-IOTJob -JobId "$JobId-retry" -ErrorAction Stop
    "$JobId-retry is there already"
    return
}
catch {
    if ($_.Exception.Message -notmatch "$JobId-retry") {
        throw
    }
}

$failed = @(Get-IOTJobExecutionsForJobList -JobId $JobId -Status FAILED)
foreach ($execution in Get-IOTJobExecutionsForJobList -JobId $JobId -Status QUEUED) {
    Stop-IOTJobExecution -JobId $JobId -ThingName $execution.ThingArn.Split('/')[-1] -Enforce $false -Force
}

# The job ends by itself when its last execution has.
do {
    $status = (Get-IOTJob -JobId $JobId).Job.Status
    if ($status -eq 'IN_PROGRESS') {
        Start-Sleep -Seconds $PollSeconds
    }
} while ($status -eq 'IN_PROGRESS')

$document = Get-IOTJobDocument -JobId $JobId
$new = New-IOTJob -JobId "$JobId-retry" -Target $failed.ThingArn -Document $document -Description "Again after $JobId" -Force
"$($new.JobId) on $($failed.Count) things: $($new.Description)"

foreach ($execution in $failed) {
    $parameters = @{
        JobId           = $JobId
        ThingName       = $execution.ThingArn.Split('/')[-1]
        ExecutionNumber = $execution.JobExecutionSummary.ExecutionNumber
    }
    Remove-IOTJobExecution @parameters -Force
}
Update-IOTJob -JobId "$JobId-retry" -Description 'Second try' -TimeoutConfig_InProgressTimeoutInMinute 20 -Force
"left of $JobId`: $((Get-IOTJobExecutionsForJobList -JobId $JobId | ForEach-Object { $_.JobExecutionSummary.Status.Value }) -join ' ')"
