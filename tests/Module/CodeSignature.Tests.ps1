BeforeAll {
    . (Join-Path $PSScriptRoot 'TestDatabase.ps1')
    Import-TestModule

    # Whether a device with the public key would take the file.
    function Test-Signature {
        param([string] $Path, [string] $Signature)

        $rsa.VerifyData(
            [System.IO.File]::ReadAllBytes($Path),
            [Convert]::FromBase64String($Signature),
            [System.Security.Cryptography.HashAlgorithmName]::SHA256,
            [System.Security.Cryptography.RSASignaturePadding]::Pkcs1)
    }
}

Describe 'Code signatures' {
    BeforeAll {
        $rsa = [System.Security.Cryptography.RSA]::Create(2048)
        $key = Join-Path $TestDrive 'key.pem'
        Set-Content -Path $key -Value $rsa.ExportPkcs8PrivateKeyPem()
        $image = Join-Path $TestDrive 'app [1].bin'
        Set-Content -LiteralPath $image -Value 'the image' -NoNewline
    }

    AfterAll { $rsa.Dispose() }

    It 'becomes the codesign element of a job document' {
        Connect-TestDatabase
        $null = New-IoTThing -ThingName 'lamp-1'
        $document = @{
            operation = 'install'
            codesign  = New-IoTJobCodeSignature -LiteralPath $image -BucketName 'fw' -Key 'app.bin' -VersionId 'v1' -PrivateKeyPath $key
        } | ConvertTo-Json -Depth 5
        $null = New-IoTJob -JobId 'fw-7' -Thing 'lamp-1' -Document $document
        $codesign = ((Start-IoTJNextPendingJobExecution -ThingName 'lamp-1').JobDocument | ConvertFrom-Json).codesign
        Disconnect-IoTJobs

        $codesign.rawPayloadSize | Should -Be 9
        $codesign.signatureAlgorithm | Should -BeExactly 'SHA256withRSA'
        $codesign.payloadLocation.s3.bucketName | Should -Be 'fw'
        $codesign.payloadLocation.s3.version | Should -Be 'v1'
        Test-Signature -Path $image -Signature $codesign.signature | Should -BeTrue
    }

    It 'is made for each file of the pipeline' {
        $signed = Get-ChildItem -Path $TestDrive -Filter '*.bin' | New-IoTJobCodeSignature -BucketName 'fw' -PrivateKeyPath $key
        $signed.payloadLocation.s3.key | Should -Be 'app [1].bin'
        $signed.payloadLocation.s3.PSObject.Properties.Name | Should -Be 'bucketName', 'key'
    }

    It 'replaces the placeholders of a document' {
        $placeholder = '${aws:iot:code-sign-signature:s3://us-east-1.fw/app.bin@1}'
        $document = '{"url":"${aws:iot:s3-presigned-url:' + $placeholder + '}","sig":"' + $placeholder + '"}'
        $signed = Get-Item -LiteralPath $image | New-IoTJobCodeSignature -Document $document -PrivateKeyPath $key | ConvertFrom-Json
        $signed.url | Should -Be '${aws:iot:s3-presigned-url-v2:https://s3.us-east-1.amazonaws.com/fw/app.bin%3FversionId%3D1}'
        Test-Signature -Path $image -Signature $signed.sig | Should -BeTrue
    }

    It 'opens an encrypted key with its passphrase only' {
        $pbe = [System.Security.Cryptography.PbeParameters]::new('Aes256Cbc', 'SHA256', 1000)
        $encrypted = Join-Path $TestDrive 'encrypted.pem'
        Set-Content -Path $encrypted -Value $rsa.ExportEncryptedPkcs8PrivateKeyPem([char[]]'secret', $pbe)
        $sign = @{ LiteralPath = $image; BucketName = 'fw'; PrivateKeyPath = $encrypted }

        $right = [System.Net.NetworkCredential]::new('', 'secret').SecurePassword
        (New-IoTJobCodeSignature @sign -Passphrase $right).signature | Should -Not -BeNullOrEmpty
        $wrong = [System.Net.NetworkCredential]::new('', 'guess').SecurePassword
        { New-IoTJobCodeSignature @sign -Passphrase $wrong } | Should -Throw -ErrorId 'PassphraseWrong,IoTJobsToolkit.Cmdlets.NewIoTJobCodeSignatureCommand'
        { New-IoTJobCodeSignature @sign } | Should -Throw -ErrorId 'PassphraseRequired,IoTJobsToolkit.Cmdlets.NewIoTJobCodeSignatureCommand'
    }

    It 'shows where the file is' {
        New-IoTJobCodeSignature -LiteralPath $image -BucketName 'fw' -Key 'app.bin' -PrivateKeyPath $key | Format-Table | Out-String -Width 120 |
            Should -Match '9 +SHA256withRSA +fw +app\.bin'
    }
}
