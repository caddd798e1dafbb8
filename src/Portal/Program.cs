using Shali.Portal.Hosting;

return await Commands.Run(args, Console.Out, Console.Error);
