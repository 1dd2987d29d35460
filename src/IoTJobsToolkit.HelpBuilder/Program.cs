using IoTJobsToolkit.HelpBuilder;

if (args.Length != 3)
{
    Console.Error.WriteLine("Usage: IoTJobsToolkit.HelpBuilder CMDLETS_ASSEMBLY FOLDER_OF_PAGES OUTPUT_FOLDER");
    return 2;
}
var errors = Help.Build(args[0], args[1], args[2]);
foreach (var error in errors)
{
    Console.Error.WriteLine(error);
}
return errors.Count == 0 ? 0 : 1;
