using System.Management.Automation;
using System.Net;
using System.Security;
using System.Text;

namespace IoTJobsToolkit.Cmdlets.Tests;

/// <summary>What is secret stands in no stream but the answer that is asked for: not with -Verbose and -Debug, not in errors, not in the history of what was done.</summary>
public abstract class SecretTests(Where where) : IDisposable
{
    private const string Old = "an-old-word-of-theirs";
    private const string New = "another-word-of-theirs";
    private const string Wrong = "words-that-do-not-fit";
    private const string TooShort = "qzxw";

    private readonly Shell _shell = new(where);

    public sealed class InProcess() : SecretTests(Where.InProcess);

    public sealed class ThroughServer() : SecretTests(Where.ThroughServer);

    public void Dispose() => _shell.Dispose();

    [Fact]
    public void A_password_stands_nowhere()
    {
        var said = Said(
            "New-IoTAccount ([pscredential]::new('alice', $old)) ADMINISTRATOR",
            "Set-IoTAccount alice -Password $new",
            "Set-IoTAccount alice -OldPassword $new -Password $old",
            "Set-IoTAccount alice -OldPassword $wrong -Password $new",
            "Set-IoTAccount alice -Password $short",
            "New-IoTAccount ([pscredential]::new('bob', $short)) VIEWER",
            "Set-IoTAccount alice -Password $new -WhatIf");

        Assert.Contains("CreateAccount { ", said, StringComparison.Ordinal);
        Assert.Equal(["3"], _shell.Run("$Error.Count").Text);
        None(said, Old, New, Wrong, TooShort);
    }

    [Theory]
    [InlineData("New-IoTAccessKey build VIEWER", "SecretAccessKey")]
    [InlineData("New-IoTThingToken lamp", "Token")]
    [InlineData("New-IoTThingCertificate lamp", "PrivateKey")]
    public void A_secret_that_is_shown_once_stands_in_the_answer_alone(string command, string property)
    {
        _shell.Run("New-IoTThing lamp").Succeeds();

        var said = Said(command);

        var secret = _shell.One($"$answer.{property}").ToString()!;
        Assert.InRange(secret.Length, 20, 10_000);
        None(said, [.. ((string)secret).Split('\n').Where(line => line.Length > 20 && !line.StartsWith('-'))]);
    }

    [Fact]
    public void Keys_that_are_given_as_text_stand_nowhere()
    {
        _shell.Run("New-IoTThing lamp").Succeeds();

        None(
            Said(
                "Get-IoTThing lamp -AccessKey AKIDEXAMPLE -SecretKey $wrongText -SessionToken $shortText",
                "Get-IoTThing lamp -EndpointUrl http://127.0.0.1:1 -AccessKey AKIDEXAMPLE -SecretKey $wrongText -SessionToken $shortText",
                "Connect-IoTJobs -Endpoint http://127.0.0.1:1 -AccessKey AKIDEXAMPLE -SecretKey $wrongText -PassThru"),
            Wrong, TooShort);
    }

    /// <summary>A parameter for a secret is a SecureString or a credential; AWS's own three are texts there, and scripts give them so.</summary>
    [Fact]
    public void No_parameter_takes_a_secret_as_text_but_those_of_AWS()
    {
        string[] words = ["Password", "Passphrase", "Secret", "Token", "Credential"];
        string[] others = ["SecretKey", "SessionToken", "NextToken", "TokenId"];
        var parameters = _shell.Run("Get-Command -Module IoTJobsToolkit -CommandType Cmdlet").Succeeds().Output
            .SelectMany(command => ((CmdletInfo)command.BaseObject).Parameters.Values)
            .Where(parameter => words.Any(word => parameter.Name.Contains(word, StringComparison.Ordinal)) && !others.Contains(parameter.Name) && !parameter.SwitchParameter).ToList();

        Assert.NotEmpty(parameters);
        Assert.All(parameters, parameter => Assert.Contains(parameter.ParameterType, new[] { typeof(SecureString), typeof(PSCredential), typeof(object) }));
    }

    private static void None(string said, params string[] secrets) => Assert.All(secrets, secret => Assert.DoesNotContain(secret, said, StringComparison.Ordinal));

    /// <summary>All that the commands say beside their answers, the last of which stays in <c>$answer</c>, and what is remembered of them.</summary>
    private string Said(params string[] commands)
    {
        var said = new StringBuilder();
        foreach (var command in commands)
        {
            using var script = _shell.Create($"$answer = {command} -Verbose -Debug");
            foreach (var (name, secret) in new[] { ("old", Old), ("new", New), ("wrong", Wrong), ("short", TooShort) })
            {
                script.Runspace.SessionStateProxy.SetVariable(name, new NetworkCredential("", secret).SecurePassword);
                script.Runspace.SessionStateProxy.SetVariable(name + "Text", secret);
            }
            var outcome = Outcome.Of(script, []);
            said.AppendJoin('\n', outcome.Warnings).AppendJoin('\n', outcome.Progress).AppendJoin('\n', script.Streams.Verbose).AppendJoin('\n', script.Streams.Debug)
                .AppendJoin('\n', outcome.Errors.Append(outcome.Terminated).Select(Text));
        }
        return said.AppendJoin('\n', _shell.Run("$Error").Output.Select(item => Text(item.BaseObject as ErrorRecord)))
            .AppendJoin('\n', _shell.Run("Get-IoTActivity | Out-String -Width 500; Get-IoTAccount | ConvertTo-Json").Text).Append(_shell.Host.Text).ToString();
    }

    private static string Text(ErrorRecord? error) =>
        $"{error} {error?.Exception} {error?.ErrorDetails?.RecommendedAction} {error?.TargetObject} {error?.CategoryInfo} {error?.InvocationInfo?.Line}";
}
