using Shali.Platform.Documents.Checking;
using Shali.Platform.Exchange.Evidence;
using Shali.Platform.Kernel;
using Shali.Platform.Registry.Load;

namespace Shali.Portal.Hosting;

/// <summary>What the program does for each command; without one it serves the city.</summary>
internal static class Commands
{
    /// <summary>The code with which the program ends; 1 and a sentence when it is kept from its work.</summary>
    /// <param name="stop">Ends a city that serves, as SIGTERM does.</param>
    public static async Task<int> Run(string[] args, TextWriter output, TextWriter errors, CancellationToken stop = default)
    {
        try
        {
            return args.FirstOrDefault() switch
            {
                "serve" => await Serve.Run(RunOptions.Parse(args[1..]), output, stop),
                "load" => await LoadCommand.Run(args[1..], stop),
                "verify-log" => await LogCommands.Verify(args[1..]),
                "export-log" => await LogCommands.Export(args[1..]),
                "seal-keys" => await SealedKeys.Run(args[1..]),
                "verify-document" => await VerifyDocumentCommand.Run(args[1..], output),
                "verify-file" => await VerifyFileCommand.Run(args[1..], output),
                "verify-receipt" => await VerifyReceiptCommand.Run(args[1..], output),
                "demo-files" => await DemoFilesCommand.Run(args[1..]),
                null => await Serve.Run(RunOptions.Parse(args), output, stop),
                ['-', ..] => await Serve.Run(RunOptions.Parse(args), output, stop),
                var unknown => throw new StartRefusedException($"不认识的命令 {unknown}。\n{RunOptions.Usage}"),
            };
        }
        catch (StartRefusedException refused)
        {
            await errors.WriteLineAsync(refused.Message);
            return 1;
        }
    }
}
