BeforeAll {
    . (Join-Path $PSScriptRoot 'TestDatabase.ps1')
    Import-TestModule
}

Describe 'Schedules, targets and history of jobs' {
    AfterEach { Disconnect-IoTJobs }

    BeforeEach {
        Connect-TestDatabase
        $null = New-IoTThing -ThingName 'lamp-1', 'lamp-2'
        $null = New-IoTThingGroup -ThingGroupName 'eu'
    }

    It 'starts a job at a local time' {
        $start = (Get-Date -Millisecond 0).AddDays(1)
        $null = New-IoTJob -JobId 'fw-7' -Thing 'lamp-1' -Document '{}' -StartAt $start
        $job = Get-IoTJob -JobId 'fw-7'
        $job.Status | Should -Be 'SCHEDULED'
        $job.NextOpening | Should -Be ([datetimeoffset]$start)
        $job | Format-List | Out-String -Width 120 | Should -Match 'Schedule +: from 20'
    }

    It 'shows the windows of a job in its list' {
        $null = New-IoTJob -JobId 'agent' -Group 'eu' -Document '{}' -TargetSelection CONTINUOUS -MaintenanceWindow 'cron(0 22 * * ? *) 120'
        $list = Get-IoTJob -JobId 'agent' | Format-List | Out-String -Width 120
        $list | Should -Match 'TargetSelection +: CONTINUOUS'
        $list | Should -Match 'Schedule +: cron\(0 22 \* \* \? \*\) for 120 min'
        $list | Should -Match 'NextOpening +: 20\d\d-'
        Get-IoTJob | Format-Table | Out-String -Width 120 | Should -Match 'Status +Queued +Running .* JobId'
    }

    It 'adds what comes down the pipeline to a CONTINUOUS job in one call' {
        $null = New-IoTJob -JobId 'agent' -Group 'eu' -Document '{}' -TargetSelection CONTINUOUS
        Get-IoTThing | Add-IoTTargetsWithJob -JobId 'agent' | Should -HaveCount 1
        (Get-IoTJobExecutionsForJobList -JobId 'agent').ThingName | Should -Be @('lamp-1', 'lamp-2')
    }

    It 'clears what has ended, and tells before how much' {
        $null = New-IoTJob -JobId 'fw-7' -Thing 'lamp-1', 'lamp-2' -Document '{}'
        $null = New-IoTJob -JobId 'fw-8' -Thing 'lamp-1' -Document '{}'
        Stop-IoTJob -JobId 'fw-7' -Force
        Clear-IoTJobHistory -OlderThan 0 -Force -WhatIf
        Get-IoTJob -JobId 'fw-7' | Should -HaveCount 1
        $sums = Clear-IoTJobHistory -OlderThan (New-TimeSpan) -Force -PassThru
        $sums.Jobs, $sums.Executions | Should -Be @(1, 2)
        (Get-IoTJob).JobId | Should -Be 'fw-8'
    }
}
