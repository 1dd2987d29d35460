using System.Management.Automation;

namespace IoTJobsToolkit.Cmdlets.Arguments;

/// <summary>What an argument holds, without what the shell wraps around it.</summary>
internal static class ShellValue
{
    /// <summary>Objects of the shell's own, which have no other value, stay as they are.</summary>
    public static object? Unwrap(object? value) => value is PSObject { BaseObject: not PSCustomObject } wrapped ? wrapped.BaseObject : value;
}
