BeforeAll {
    . (Join-Path $PSScriptRoot 'TestDatabase.ps1')
    Import-TestModule
}

Describe 'Thing groups' {
    AfterEach { Disconnect-IoTJobs }

    BeforeEach {
        Connect-TestDatabase
        $null = New-IoTThing -ThingName 'lamp-1', 'lamp-2'
        $null = New-IoTThingGroup -ThingGroupName 'world'
        $null = New-IoTThingGroup -ThingGroupName 'eu' -ParentGroupName 'world' -Description 'All of Europe'
        Get-IoTThing | Add-IoTThingToThingGroup -ThingGroupName 'eu'
    }

    It 'describes a group with its parent' {
        $group = Get-IoTThingGroup -ThingGroupName 'eu'
        $group.ThingGroupMetadata.ParentGroupName | Should -Be 'world'
        $group.ThingGroupProperties.ThingGroupDescription | Should -Be 'All of Europe'
    }

    It 'lists groups, members and memberships' {
        (Get-IoTThingGroupList -ParentGroup 'world').GroupName | Should -Be 'eu'
        Get-IoTThingsInThingGroupList -ThingGroupName 'world' -Recursive $true | Should -Be @('lamp-1', 'lamp-2')
        (Get-IoTThingGroupsForThingList -ThingName 'lamp-1').GroupName | Should -Be 'eu'
        (Get-IoTThing -Group 'world').ThingName | Should -Be @('lamp-1', 'lamp-2')
    }

    It 'makes one job for groups of the pipeline' {
        $null = Get-IoTThingGroup -ThingGroupName 'eu' | New-IoTJob -JobId 'fw-7' -Document '{}'
        Get-IoTJobExecutionsForJobList -JobId 'fw-7' | Should -HaveCount 2
    }

    It 'removes members and groups' {
        Remove-IoTThingFromThingGroup -ThingName 'lamp-1' -ThingGroupName 'eu' -Force
        (Get-IoTThing -Group 'eu').ThingName | Should -Be 'lamp-2'
        { Remove-IoTThingGroup -ThingGroupName 'world' -Force -ErrorAction Stop } | Should -Throw -ErrorId 'InvalidRequestException,IoTJobsToolkit.Cmdlets.RemoveIoTThingGroupCommand'
        Remove-IoTThingGroup -ThingGroupName 'eu' -Force | Should -BeNullOrEmpty
        (Get-IoTThingGroup).ThingGroupName | Should -Be 'world'
    }
}
