using System.Collections.Frozen;
using IoTJobsToolkit.Engine.Operations.Toolkit;

namespace IoTJobsToolkit.Engine.Access;

/// <summary>Who may do what; asked at the one door, before anything else is looked at.</summary>
public static class Permission
{
    /// <summary>What gives access to others or destroys history.</summary>
    private static readonly FrozenSet<Type> ForAdministrators = new[]
    {
        typeof(CreateAccessKey), typeof(ListAccessKeys), typeof(DeleteAccessKey), typeof(ClearJobHistory), typeof(UpdateRetention), typeof(UpdateClock), typeof(AdvanceClock),
        typeof(CreateAccount), typeof(UpdateAccount), typeof(ListAccounts), typeof(DeleteAccount),
        typeof(CreateNotificationRule), typeof(UpdateNotificationRule), typeof(ListNotificationRules), typeof(DeleteNotificationRule), typeof(TestNotificationRule),
    }.ToFrozenSet();

    private static readonly string[] Reading = ["Describe", "Get", "List", "Search"];

    /// <summary>The least role that may run an operation: the names, AWS's and ours, tell what only reads.</summary>
    public static AccessRole NeededRole(Type operation)
    {
        ArgumentNullException.ThrowIfNull(operation);
        return ForAdministrators.Contains(operation) ? AccessRole.ADMINISTRATOR
            : operation == typeof(ChangePassword) ? AccessRole.VIEWER // One's own, proved by the old one.
            : Reading.Any(word => operation.Name.StartsWith(word, StringComparison.Ordinal)) ? AccessRole.VIEWER
            : AccessRole.OPERATOR;
    }

    /// <summary>Whether a caller may run an operation, as far as that is known without its request.</summary>
    /// <param name="thing">The thing that the operation acts for; null where it acts for none.</param>
    /// <exception cref="JobsException"><see cref="JobsError.AccessDenied"/>.</exception>
    public static void Demand(Type operation, string? thing, Caller caller)
    {
        ArgumentNullException.ThrowIfNull(operation);
        ArgumentNullException.ThrowIfNull(caller);
        switch (caller.Kind)
        {
            case CallerKind.Device:
                DemandOfDevice(operation, thing, caller);
                break;
            case CallerKind.Operator when caller.Role < NeededRole(operation):
                throw Denied(
                    $"{caller.Name} is not authorized to perform {operation.Name}: the role {caller.Role} may not, {NeededRole(operation)} may. " +
                    "Use an access key of that role.");
        }
    }

    internal static void Demand(Operation operation, Caller caller) =>
        Demand(operation.GetType(), (operation as IActsForThing)?.ThingName, caller);

    private static void DemandOfDevice(Type operation, string? thing, Caller caller)
    {
        if (!operation.IsAssignableTo(typeof(IActsForThing)))
        {
            throw Denied($"{operation.Name} is an operator's operation; {caller.Name} is a device.");
        }
        if (!string.Equals(thing, caller.ThingName, StringComparison.Ordinal))
        {
            throw Denied($"Device {caller.ThingName} may act for its own thing only, not for {thing}.");
        }
    }

    private static JobsException Denied(string message) => new(JobsError.AccessDenied, message);
}
