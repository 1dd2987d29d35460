# A device that works off its jobs: takes the next one, reports its steps, and ends it.
param(
    [Parameter(Mandatory)] [string] $ThingName,
    [string[]] $Failing = @()
)

$ErrorActionPreference = 'Stop'

$pending = Get-IOTJPendingJobExecution -ThingName $ThingName
"waiting: $($pending.InProgressJobs.Count) in progress, $($pending.QueuedJobs.Count) queued"

while ($execution = Start-IOTJNextPendingJobExecution -ThingName $ThingName -StatusDetail @{ step = 'started' } -StepTimeoutInMinute 10) {
    $document = $execution.JobDocument | ConvertFrom-Json
    $state = Update-IOTJJobExecution -JobId $execution.JobId -ThingName $ThingName -Status IN_PROGRESS `
        -StatusDetail @{ step = $document.operation; percent = '50' } -ExpectedVersion $execution.VersionNumber -IncludeJobExecutionState $true
    $result = if ($execution.JobId -in $Failing) { 'FAILED' } else { 'SUCCEEDED' }

    $report = @{
        JobId           = $execution.JobId
        ThingName       = $ThingName
        Status          = $result
        StatusDetail    = @{ step = 'done' }
        ExpectedVersion = $state.ExecutionState.VersionNumber
    }
    Update-IOTJJobExecution @report | Out-Null
    "$($execution.JobId) $($document.operation): $result"
}

$last = Get-IOTJobExecutionsForThingList -ThingName $ThingName | Sort-Object -Property JobId
"history: $(($last | ForEach-Object { "$($_.JobId) $($_.JobExecutionSummary.Status)" }) -join ', ')"
