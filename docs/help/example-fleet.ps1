# The fleet that the examples of the help are about. A test runs each example on a fresh copy of it, in a folder with these files:
# fw.json (a job document with a placeholder for the signature of app.bin), agent.json (another document), app.bin (a file for devices), signer.pem (a private key to sign with), things.txt (names, one per line).

'lamp-1', 'lamp-2', 'lamp-3', 'lamp-4' | New-IoTThing -ThingTypeName lamp -Attribute @{ site = 'Utrecht'; firmware = '7' }
'lamp-5', 'lamp-6' | New-IoTThing -ThingTypeName lamp -Attribute @{ site = 'Boston'; firmware = '6' }
'gate-1', 'spare-1', 'spare-2' | New-IoTThing -Attribute @{ firmware = '5' }

New-IoTThingGroup world -Description 'Everything'
New-IoTThingGroup eu -ParentGroupName world -Description 'All of Europe'
New-IoTThingGroup us -ParentGroupName world
'lamp-1', 'lamp-2', 'lamp-3', 'lamp-4' | Add-IoTThingToThingGroup -ThingGroupName eu
'lamp-5', 'lamp-6' | Add-IoTThingToThingGroup -ThingGroupName us
New-IoTDynamicThingGroup old -QueryString 'attributes.firmware<7'

New-IoTJobTemplate fw -Description 'Installs firmware' -DocumentPath fw.json

# A job that has ended.
New-IoTJob cfg-1 -Thing lamp-1 -Document '{"operation":"configure"}'
Start-IoTJNextPendingJobExecution lamp-1 | Update-IoTJJobExecution -Status SUCCEEDED

# One in progress: lamp-1 succeeded, lamp-2 failed with a reason, lamp-3 is at it, lamp-4 has not begun.
New-IoTJob fw-7 -Group eu -DocumentPath fw.json -Description 'Firmware 7 for Europe' -Tags @{ Key = 'team'; Value = 'ops' }
Start-IoTJNextPendingJobExecution lamp-1 | Update-IoTJJobExecution -Status SUCCEEDED
Start-IoTJNextPendingJobExecution lamp-2 | Update-IoTJJobExecution -Status FAILED -StatusDetails @{ reason = 'battery low' }
Start-IoTJNextPendingJobExecution lamp-3 -StatusDetails @{ step = 'download' }

# One that goes on with its group.
New-IoTJob agent -Group old -DocumentPath agent.json -TargetSelection CONTINUOUS

# One that was canceled, and can be deleted.
New-IoTJob fw-6 -Thing gate-1 -Document '{"operation":"install","version":6}'
Stop-IoTJob fw-6 -Force
