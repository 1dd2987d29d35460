using System.Management.Automation;
using System.Text.RegularExpressions;

namespace IoTJobsToolkit.Cmdlets.Tests.Completing;

public sealed class CompleterConventionTests : IDisposable
{
    private static readonly Regex NamesWhatIsThere = new(
        "^(JobId|ThingName|Thing|ThingNamePrefix|ThingGroupName|Group|GroupName|ParentGroup|ParentGroupName|NamePrefixFilter|ThingGroupsTo.*|JobTemplateId|TemplateName|"
        + "TemplateVersion|AccessKeyId|AccountName|RuleName|DeliveryId|CredentialId|CertificateId|TokenId|Target|.*Arn|TagKey|ThingTypeName|AttributeName|By|SubjectName|ProfileName|Region)$");

    /// <summary>Parameters which have none, and why.</summary>
    private static readonly Dictionary<string, string> Reasons = new()
    {
        ["New-IoTJob -JobId"] = "A new name.",
        ["Start-IoTFleetSimulation -ThingNamePrefix"] = "The beginning of new names.",
        ["Step-IoTClock -By"] = "A length of time, not a person.",
        ["Measure-IoTJob -JobId"] = "A new name.",
        ["New-IoTNotificationRule -RuleName"] = "A new name.",
        ["New-IoTThing -ThingName"] = "A new name.",
        ["New-IoTThingGroup -ThingGroupName"] = "A new name.",
        ["New-IoTDynamicThingGroup -ThingGroupName"] = "A new name.",
        ["New-IoTJobTemplate -JobTemplateId"] = "A new name.",
        ["New-IoTJob -PresignedUrlConfig_RoleArn"] = "Roles are of AWS's IAM, which is not asked.",
        ["Measure-IoTJob -PresignedUrlConfig_RoleArn"] = "Roles are of AWS's IAM, which is not asked.",
        ["New-IoTJobTemplate -PresignedUrlConfig_RoleArn"] = "Roles are of AWS's IAM, which is not asked.",
        ["Update-IoTJob -PresignedUrlConfig_RoleArn"] = "Roles are of AWS's IAM, which is not asked.",
    };

    private readonly Shell _shell = new();

    public void Dispose() => _shell.Dispose();

    [Fact]
    public void Every_parameter_that_names_what_is_there_completes_or_has_a_reason_for_not()
    {
        var without =
            from cmdlet in _shell.Run("Get-Command -Module IoTJobsToolkit -CommandType Cmdlet").Succeeds().Output.Select(command => (CmdletInfo)command.BaseObject)
            from parameter in cmdlet.Parameters.Values
            where NamesWhatIsThere.IsMatch(parameter.Name) && !parameter.SwitchParameter && !parameter.ParameterType.IsEnum
            where !parameter.Attributes.Any(attribute => attribute is ArgumentCompleterAttribute or ValidateSetAttribute)
            select $"{cmdlet.Name} -{parameter.Name}";

        Assert.Equal(Reasons.Keys.Order(StringComparer.Ordinal), without.Order(StringComparer.Ordinal));
    }
}
