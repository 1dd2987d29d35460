# Deletes the jobs that have ended, and says what could not be deleted and why.
param([string[]] $AlsoTry = @())

$ended = 'COMPLETED', 'CANCELED' | ForEach-Object { Get-IOTJobList -Status $_ } | ForEach-Object { $_.JobId }
foreach ($id in @($ended) + $AlsoTry) {
    try {
        Remove-IOTJob -JobId $id -Force -Enforce $false -ErrorAction Stop
        "$id removed"
    }
    catch {
        if ($_.FullyQualifiedErrorId -match 'ResourceNotFoundException') {
            "$id is not there"
        }
        elseif ($_.FullyQualifiedErrorId -like '*InvalidStateTransition*') {
            "$id is still active"
        }
        else {
            throw
        }
    }
}
