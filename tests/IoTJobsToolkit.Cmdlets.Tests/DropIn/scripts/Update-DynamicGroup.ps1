# A dynamic group of what runs old firmware, its query moved on with the version, and things moved by hand.
param([Parameter(Mandatory)] [string] $Firmware)

$ErrorActionPreference = 'Stop'

$group = New-IOTDynamicThingGroup -ThingGroupName 'old-firmware' -QueryString "attributes.firmware:$Firmware" -QueryVersion '2017-09-30' -Force
"made $($group.ThingGroupName) for $($group.QueryString)"

Update-IOTThing -ThingName 'lamp-1' -AttributePayload @{ Attributes = @{ firmware = '9' }; Merge = $true } -Force
$before = Get-IOTThingGroup -ThingGroupName 'old-firmware'
$version = Update-IOTDynamicThingGroup -ThingGroupName 'old-firmware' -QueryString 'attributes.firmware:9' -ExpectedVersion $before.Version -Force
"version $($before.Version) became $version"

Update-IOTThingGroupsForThing -ThingName 'lamp-2' -ThingGroupsToAdd 'us' -ThingGroupsToRemove 'eu' -Force
"lamp-2 is in $((Get-IOTThingGroupsForThingList -ThingName 'lamp-2').GroupName -join ' ')"

$isReady = { (Get-IOTThingGroup -ThingGroupName 'old-firmware').Status -eq 'ACTIVE' }
while (-not (& $isReady)) {
    Start-Sleep -Seconds 1
}
"members: $((Get-IOTThingsInThingGroupList -ThingGroupName 'old-firmware') -join ' ')"
Remove-IOTDynamicThingGroup -ThingGroupName 'old-firmware' -Force
