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

    It 'changes a group and moves things' {
        Update-IoTThingGroup -ThingGroupName 'eu' -Description 'Europe' | Should -Be 2
        $null = New-IoTThingGroup -ThingGroupName 'us'
        Update-IoTThingGroupsForThing -ThingName 'lamp-1' -ThingGroupsToRemove 'eu' -ThingGroupsToAdd 'us' | Should -BeNullOrEmpty
        (Get-IoTThing -Group 'us').ThingName | Should -Be 'lamp-1'
    }

    It 'keeps the things of a dynamic group up with its query' {
        Update-IoTThing -ThingName 'lamp-1' -Attribute @{ site = 'eu1' }
        $null = New-IoTDynamicThingGroup -ThingGroupName 'sites' -QueryString 'attributes.site:eu*'
        (Get-IoTThing -Group 'sites').ThingName | Should -Be 'lamp-1'
        Update-IoTDynamicThingGroup -ThingGroupName 'sites' -QueryString 'thingName:lamp-*' | Should -Be 2
        (Get-IoTThing -Group 'sites').ThingName | Should -Be @('lamp-1', 'lamp-2')
        Get-IoTThingGroup -ThingGroupName 'sites' | Format-List | Out-String | Should -Match 'QueryString +: thingName:lamp-'
        Remove-IoTDynamicThingGroup -ThingGroupName 'sites' -Force | Should -BeNullOrEmpty
        { Get-IoTThingGroup -ThingGroupName 'sites' -ErrorAction Stop } | Should -Throw -ErrorId 'ResourceNotFoundException,IoTJobsToolkit.Cmdlets.GetIoTThingGroupCommand'
    }
}
