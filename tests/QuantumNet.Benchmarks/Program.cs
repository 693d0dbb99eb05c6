using BenchmarkDotNet.Running;
using QuantumNet.Benchmarks;
using QuantumNet.Benchmarks.Fleet;

switch (args)
{
    case ["fleet", .. string[] size]:
        return Math.Min(1, FleetRun.Run(size));
    case ["gather", .. string[] cloud]:
        return GatherRun.Run(cloud);
    case ["cloud", .. string[] records]:
        return CloudRun.Run(records);
    case ["crowd", .. string[] crowd]:
        return CrowdRun.Run(crowd);
    case ["ansible", .. string[] nodes]:
        return AnsibleRun.Run(nodes);
    case ["compile", .. string[] count]:
        return CompileRun.Run(count);
    default:
        BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args);
        return 0;
}
