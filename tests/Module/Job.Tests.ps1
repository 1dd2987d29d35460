BeforeAll {
    . (Join-Path $PSScriptRoot 'TestDatabase.ps1')
    Import-TestModule
}

Describe 'Jobs' {
    AfterEach { Disconnect-IoTJobs }

    BeforeEach {
        Connect-TestDatabase
        $null = New-IoTThing -ThingName 'lamp-1', 'lamp-2'
        $null = New-IoTJob -JobId 'fw-7' -Thing 'lamp-1' -Document '{"operation":"install"}'
    }

    It 'describes a job with its counts' {
        $job = Get-IoTJob -JobId 'fw-7'
        $job.Status | Should -Be 'IN_PROGRESS'
        $job.Job.JobProcessDetails.NumberOfQueuedThings | Should -Be 1
    }

    It 'makes one job for all things of the pipeline' {
        (Get-IoTThingList | New-IoTJob -JobId 'fw-8' -Document '{}').JobId | Should -Be 'fw-8'
        Get-IoTJobExecutionsForJobList -JobId 'fw-8' | Should -HaveCount 2
    }

    It 'reads the document from a file' {
        $path = Join-Path $TestDrive 'fw.json'
        Set-Content -Path $path -Value '{"from":"file"}' -NoNewline
        $null = New-IoTJob -JobId 'fw-9' -Thing 'lamp-1' -DocumentPath $path
        Get-IoTJobDocument -JobId 'fw-9' | Should -Be '{"from":"file"}'
    }

    It 'lists jobs, and stops reading when enough are there' {
        $null = New-IoTJob -JobId 'fw-8' -Thing 'lamp-1' -Document '{}'
        Get-IoTJobList -MaxResult 1 | Select-Object -First 1 | Should -HaveCount 1
        Get-IoTJobList -Status SUCCEEDED | Should -BeNullOrEmpty
    }

    It 'takes configurations as hashtables and as objects from JSON' {
        $rate = '{"baseRatePerMinute":50,"incrementFactor":2,"rateIncreaseCriteria":{"numberOfNotifiedThings":10}}' | ConvertFrom-Json
        Update-IoTJob -JobId 'fw-7' -JobExecutionsRolloutConfig_ExponentialRate $rate -AbortConfig_CriteriaList @{
            Action = 'CANCEL'; FailureType = 'FAILED'; MinNumberOfExecutedThings = 1; ThresholdPercentage = 20
        }
        $job = Get-IoTJob -JobId 'fw-7' -Select Job
        $job.JobExecutionsRolloutConfig.ExponentialRate.RateIncreaseCriteria.NumberOfNotifiedThings | Should -Be 10
        $job.AbortConfig.CriteriaList[0].FailureType | Should -Be 'FAILED'
    }

    It 'cancels and deletes without a word' {
        Stop-IoTJob -JobId 'fw-7' | Should -BeNullOrEmpty
        (Get-IoTJob -JobId 'fw-7').Status | Should -Be 'CANCELED'
        Remove-IoTJob -JobId 'fw-7' -Force | Should -BeNullOrEmpty
        { Get-IoTJob -JobId 'fw-7' -ErrorAction Stop } | Should -Throw -ErrorId 'ResourceNotFoundException,IoTJobsToolkit.Cmdlets.GetIoTJobCommand'
    }

    It 'refuses to delete an active job without -Force' {
        { Remove-IoTJob -JobId 'fw-7' -Confirm:$false -ErrorAction Stop } |
            Should -Throw -ErrorId 'InvalidStateTransitionException,IoTJobsToolkit.Cmdlets.RemoveIoTJobCommand'
    }

    It 'shows its table' {
        Get-IoTJob | Format-Table | Out-String -Width 120 | Should -Match 'Status +Queued +Running .* JobId'
        Get-IoTJob -JobId 'fw-7' | ConvertTo-Json -Depth 5 | Should -Match '"JobId": *"fw-7"'
    }
}
