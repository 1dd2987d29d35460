using System.Collections;
using System.Management.Automation;
using System.Reflection;

namespace IoTJobsToolkit.Cmdlets;

/// <summary>What -Select means: the whole answer, a path of its properties, or a parameter of the cmdlet.</summary>
internal static class Selection
{
    public const string Whole = "*";

    public static IEnumerable<object> Read(PSCmdlet cmdlet, object response, string target, string wanted)
    {
        if (wanted == Whole)
        {
            return [response];
        }
        return wanted.StartsWith('^') ? Parameter(cmdlet, wanted[1..], target) : Property(cmdlet, response, wanted);
    }

    /// <summary>What the parameter holds; of several names, the one that the answer belongs to.</summary>
    private static IEnumerable<object> Parameter(PSCmdlet cmdlet, string name, string target)
    {
        var property = cmdlet.GetType().GetProperties().FirstOrDefault(property =>
            property.IsDefined(typeof(ParameterAttribute)) && (Matches(property.Name, name) || Aliases(property).Any(alias => Matches(alias, name))));
        if (property is null)
        {
            throw Unknown(cmdlet, $"{cmdlet.MyInvocation.MyCommand.Name} has no parameter {name}.", "^" + name);
        }
        var value = property.GetValue(cmdlet);
        return value is IEnumerable<string> names && names.Contains(target) ? [target] : Items(value);
    }

    private static IEnumerable<object> Property(PSCmdlet cmdlet, object response, string path)
    {
        IEnumerable<object> values = [response];
        foreach (var name in path.Split('.'))
        {
            values = values.SelectMany(value => PSObject.AsPSObject(value).Properties[name] is { } property
                ? Items(property.Value)
                : throw Unknown(cmdlet, $"{Name(value)} has no property {name}.", path)).ToList();
        }
        return values;
    }

    private static IEnumerable<object> Items(object? value) => value switch
    {
        null => [],
        string or IDictionary => [value],
        IEnumerable items when !IsMap(value.GetType()) => items.Cast<object>(),
        _ => [value],
    };

    private static bool IsMap(Type type) => type.GetInterfaces()
        .Any(face => face.IsGenericType && face.GetGenericTypeDefinition() == typeof(IReadOnlyDictionary<,>));

    private static IEnumerable<string> Aliases(PropertyInfo property) =>
        property.GetCustomAttribute<AliasAttribute>()?.AliasNames ?? Enumerable.Empty<string>();

    private static bool Matches(string left, string right) => string.Equals(left, right, StringComparison.OrdinalIgnoreCase);

    private static string Name(object value) => PSObject.AsPSObject(value).BaseObject.GetType().Name;

    private static InvalidOperationException Unknown(PSCmdlet cmdlet, string message, string wanted)
    {
        var exception = new InvalidOperationException($"-Select {wanted}: {message}");
        cmdlet.ThrowTerminatingError(new(exception, "InvalidSelect", ErrorCategory.InvalidArgument, wanted)
        {
            ErrorDetails = new(exception.Message)
            {
                RecommendedAction = "Give * for the whole answer, the path of a property, or ^ and a parameter's name.",
            },
        });
        return exception;
    }
}
