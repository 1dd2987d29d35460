# Dot-sourced by every suite: imports the built module, and connects each test to a database of its own.

function Import-TestModule {
    $manifest = Join-Path $PSScriptRoot '..' '..' 'out' 'module' 'IoTJobsToolkit' 'IoTJobsToolkit.psd1'
    Import-Module -Name $manifest -Force
}

function Connect-TestDatabase {
    Connect-IoTJobs -DatabasePath (Join-Path $TestDrive "$([guid]::NewGuid()).db")
}
