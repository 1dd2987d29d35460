BeforeAll {
    . (Join-Path $PSScriptRoot 'TestDatabase.ps1')
    Import-TestModule
}

Describe 'Waiting for jobs, watching them and looking back' {
    AfterEach { Disconnect-IoTJobs }

    BeforeEach {
        Connect-TestDatabase
        $null = 'lamp-1', 'lamp-2' | New-IoTThing
        $null = Get-IoTThing | New-IoTJob -JobId 'fw-7' -Document '{}'
    }

    It 'hands on a job that has ended' {
        Stop-IoTJob -JobId 'fw-7' -Force
        (Wait-IoTJob -JobId 'fw-7').Status | Should -Be 'CANCELED'
    }

    It 'says how far a job is when the time is up' {
        { Wait-IoTJob -JobId 'fw-7' -Timeout 0 -ErrorAction Stop } |
            Should -Throw -ErrorId 'JobWaitTimedOut,IoTJobsToolkit.Cmdlets.WaitIoTJobCommand'
    }

    It 'waits in the background' {
        $background = Wait-IoTJob -JobId 'fw-7' -Until 'CANCELED > 1' -AsJob
        Stop-IoTJob -JobId 'fw-7' -Force
        $done = $background | Receive-Job -Wait -AutoRemoveJob
        $done.JobId | Should -Be 'fw-7'
    }

    It 'watches a job to its end' {
        Stop-IoTJob -JobId 'fw-7' -Force
        $changes = @(Watch-IoTJob -JobId 'fw-7')
        $changes[-1].Status | Should -Be 'CANCELED'
    }

    It 'tells what a job would do' {
        (Measure-IoTJob -JobId 'fw-8' -Thing 'lamp-*' -Document '{}' -RolloutPerMinute 1).Rollout.Count | Should -Be 2
        Get-IoTJob -JobId 'fw-8' -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
    }

    It 'tells what executions wait for' {
        (Get-IoTJobBlockage -JobId 'fw-7' -ThingName 'lamp-1').Cause | Should -Be 'NEVER_CONNECTED'
    }

    It 'holds a job until somebody else approves it' {
        $null = New-IoTJob -JobId 'fw-8' -Thing 'lamp-1' -Document '{}' -RequireApproval -ApprovalWithin 60
        (Get-IoTJobApproval).JobId | Should -Be 'fw-8'
        { Approve-IoTJob -JobId 'fw-8' -ErrorAction Stop } | Should -Throw -ErrorId 'AccessDeniedException,IoTJobsToolkit.Cmdlets.ApproveIoTJobCommand'
        Deny-IoTJob -JobId 'fw-8' -Comment 'too early' -Force
        (Get-IoTJob -JobId 'fw-8').Job.ReasonCode | Should -Be 'APPROVAL_DENIED'
    }

    It 'stops a rollout at its stage until somebody advances it' {
        $null = New-IoTJob -JobId 'fw-8' -Thing 'lamp-*' -Document '{}' -Stage 1 -DependsOn 'fw-7'
        (Get-IoTJobControl -JobId 'fw-8').WaitsFor | Should -Be 'fw-7'
        (Step-IoTJob -JobId 'fw-8').Passed | Should -Be 'the wait for fw-7'
        (Get-IoTJobControl -JobId 'fw-8').Stage | Should -Be 1
        (Step-IoTJob -JobId 'fw-8').Passed | Should -Be 'stage 1'
        Stop-IoTJob -JobId 'fw-8' -Force
    }

    It 'simulates devices' {
        $null = Start-IoTFleetSimulation -SimulationName 'fleet' -Devices 2 -ThingGroupName 'fleet' -Seconds 0.1
        $null = New-IoTJob -JobId 'fw-8' -Group 'fleet' -Document '{}'
        (Wait-IoTJob -JobId 'fw-8' -Timeout 60).Status | Should -Be 'COMPLETED'
        (Get-IoTFleetSimulation -SimulationName 'fleet').SucceededExecutions | Should -Be 2
        (Stop-IoTFleetSimulation -SimulationName 'fleet' -RemoveThings).Devices | Should -Be 2
    }

    It 'moves a virtual clock' {
        $path = Join-Path $TestDrive 'virtual.db'
        Connect-IoTJobs -DatabasePath $path -VirtualClock
        (Set-IoTClock -Freeze).Rate | Should -Be 0
        $before = (Get-IoTClock).Time
        ((Step-IoTClock -By 3600).Time - $before).TotalHours | Should -Be 1
    }

    It 'pauses a job and lets it go on' {
        Suspend-IoTJob -JobId 'fw-7' -Comment 'look at the logs' | Should -Not -BeNullOrEmpty
        (Get-IoTPausedJob).Comment | Should -Be 'look at the logs'
        Get-IoTJPendingJobExecution -ThingName 'lamp-1' -Select 'QueuedJobs' | Should -BeNullOrEmpty
        Resume-IoTJob -JobId 'fw-7'
        Get-IoTPausedJob | Should -BeNullOrEmpty
    }

    It 'tells why executions failed and tries them once more' {
        Update-IoTJJobExecution -JobId 'fw-7' -ThingName 'lamp-1' -Status 'FAILED' -StatusDetails @{ reason = 'disk full' }
        (Get-IoTJobFailureReason -JobId 'fw-7').Reason | Should -Be 'disk full'
        (Get-IoTJobFailure -JobId 'fw-7' | Restart-IoTJobExecution).ExecutionNumber | Should -Be 2
        Stop-IoTJob -JobId 'fw-7' -Force
        (Restart-IoTJobExecution -JobId 'fw-7' -ThingName 'lamp-1').NewJobId | Should -Be 'fw-7-retry-1'
        (Get-IoTJobLineage -JobId 'fw-7-retry-1').RestartOf | Should -Be 'fw-7'
    }

    It 'keeps jobs as code' {
        $json = Export-IoTJob -JobId 'fw-7'
        ($json | Import-IoTJob).Action | Should -Be 'Nothing'
        ($json -replace '"fw-7"', '"fw-8"' | Import-IoTJob).Action | Should -Be 'Create'
        (Get-IoTJob -JobId 'fw-8').Job.Targets.Count | Should -Be 2
    }

    It 'tells how a job stood and writes all of it into a file' {
        (Get-IoTJobState -JobId 'fw-7' -At (Get-Date)).Queued | Should -Be 2
        $file = Join-Path ([IO.Path]::GetTempPath()) "iotjobs-$([guid]::NewGuid()).jsonl"
        Export-IoTJobHistory -JobId 'fw-7' -Path $file
        (Get-Content $file).Count | Should -BeGreaterThan 2
        Remove-Item $file
    }

    It 'has somebody told and lists what has not arrived' {
        (New-IoTNotificationRule -RuleName 'on-call' -Event 'JOB_PAUSED' -Url 'http://127.0.0.1:9/hook').Secret | Should -BeLike 'whsec_*'
        Set-IoTNotificationRule -RuleName 'on-call' -JobIdPattern 'fw-*'
        (Test-IoTNotificationRule -RuleName 'on-call').Delivered | Should -BeFalse
        Suspend-IoTJob -JobId 'fw-7'
        Resume-IoTJob -JobId 'fw-7'
        $delivery = Get-IoTNotificationDelivery -RuleName 'on-call'
        $delivery.Event | Should -Be 'JOB_PAUSED'
        Restart-IoTNotificationDelivery -DeliveryId $delivery.DeliveryId
        Remove-IoTNotificationDelivery -DeliveryId $delivery.DeliveryId -Force
        (Get-IoTNotificationRule -RuleName 'on-call').WaitingDeliveries | Should -Be 0
        Remove-IoTNotificationRule -RuleName 'on-call' -Force
    }

    It 'tells what happened to a job and its executions' {
        Stop-IoTJob -JobId 'fw-7' -Force
        (Get-IoTJobHistory -JobId 'fw-7').What | Should -Contain 'canceled'
        (Get-IoTJobExecutionHistory -JobId 'fw-7' -ThingName 'lamp-1').To | Should -Be @('QUEUED', 'CANCELED')
    }
}
