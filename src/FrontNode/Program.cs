using Shali.FrontNode;
using Shali.Platform.Exchange.Evidence;
using Text = Shali.FrontNode.Text;

try
{
    CodeLists.Serve();
    switch (args)
    {
        case ["enrol", var file, var code]:
            var identity = await Centre.Enrol(Configuration.Read(file), code, CancellationToken.None);
            Console.WriteLine(Text.EnrolledAs(identity.Node, identity.Name));
            return 0;
        case ["run", var file]:
            return await Run(Configuration.Read(file));
        case ["check", var file]:
            return await Check(Configuration.Read(file));
        case ["accept", var file, var flow]:
            return await Accept(Configuration.Read(file), flow);
        case ["retire", var file, var flow]:
            return await Retire(Configuration.Read(file), flow);
        case ["verify-file", .. var rest]:
            return await VerifyFileCommand.Run(rest, Console.Out);
        case ["verify-receipt", .. var rest]:
            return await VerifyReceiptCommand.Run(rest, Console.Out);
        default:
            Console.Error.WriteLine(Text.Usage);
            return 2;
    }
}
catch (Exception refused) when (refused is NodeRefusedException or CentreAwayException)
{
    Console.Error.WriteLine(refused.Message);
    return 1;
}

static async Task<int> Run(Configuration configuration)
{
    using var stop = new CancellationTokenSource();
    using var interrupt = System.Runtime.InteropServices.PosixSignalRegistration.Create(System.Runtime.InteropServices.PosixSignal.SIGINT, End);
    using var terminate = System.Runtime.InteropServices.PosixSignalRegistration.Create(System.Runtime.InteropServices.PosixSignal.SIGTERM, End);
    await Running.Run(configuration, TimeProvider.System, Console.Out, stop.Token);
    return 0;

    void End(System.Runtime.InteropServices.PosixSignalContext context)
    {
        context.Cancel = true;
        stop.Cancel();
    }
}

static async Task<int> Check(Configuration configuration)
{
    using var node = Node.Open(configuration);
    var wrong = await Checking.Run(configuration, node, Console.Out, CancellationToken.None);
    return wrong == 0 ? 0 : 1;
}

static async Task<int> Accept(Configuration configuration, string name)
{
    using var node = Node.Open(configuration);
    if (node.Gives.FirstOrDefault(give => give.Name == name) is not { } flow)
    {
        throw new NodeRefusedException(Text.NoSuchFlow(name));
    }

    await flow.AcceptShape(CancellationToken.None);
    Console.WriteLine(Text.Accepted(name));
    return 0;
}

static async Task<int> Retire(Configuration configuration, string flow)
{
    using var node = Node.Open(configuration);
    Console.WriteLine(await Shali.FrontNode.Giving.Replication.ReplicationSlots.Retire(configuration, node.Store, flow, CancellationToken.None));
    return 0;
}
