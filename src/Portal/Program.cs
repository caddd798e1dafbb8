using Shali.Platform.Documents.Checking;
using Shali.Platform.Exchange.Evidence;
using Shali.Platform.Kernel;
using Shali.Platform.Registry.Load;
using Shali.Portal.Hosting;

try
{
    return args.FirstOrDefault() switch
    {
        "serve" => await Serve.Run(RunOptions.Parse(args[1..])),
        "load" => await LoadCommand.Run(args[1..]),
        "verify-log" => await LogCommands.Verify(args[1..]),
        "export-log" => await LogCommands.Export(args[1..]),
        "seal-keys" => await SealedKeys.Run(args[1..]),
        "verify-document" => await VerifyDocumentCommand.Run(args[1..], Console.Out),
        "verify-file" => await VerifyFileCommand.Run(args[1..], Console.Out),
        "verify-receipt" => await VerifyReceiptCommand.Run(args[1..], Console.Out),
        "demo-files" => await DemoFilesCommand.Run(args[1..]),
        null => await Serve.Run(RunOptions.Parse(args)),
        ['-', ..] => await Serve.Run(RunOptions.Parse(args)),
        var unknown => throw new StartRefusedException($"不认识的命令 {unknown}。\n{RunOptions.Usage}"),
    };
}
catch (StartRefusedException refused)
{
    await Console.Error.WriteLineAsync(refused.Message);
    return 1;
}
